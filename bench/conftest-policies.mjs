// Twenty rules in Rego of the kind that people write for Karpenter today, for comparison.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const checks = [
  ['NodePool', 'not input.spec.limits', 'no limits'],
  ['NodePool', 'input.spec.weight > 100', 'weight above 100'],
  ['NodePool', 'not input.spec.disruption', 'no disruption block'],
  ['NodePool', 'input.spec.disruption.consolidateAfter == "0s"', 'consolidates at once'],
  ['NodePool', 'count(input.spec.disruption.budgets) == 0', 'no budgets'],
  ['NodePool', 'some b in input.spec.disruption.budgets; b.nodes == "100%"', 'a budget of everything'],
  ['NodePool', 'some b in input.spec.disruption.budgets; b.schedule; not b.duration', 'a schedule without duration'],
  ['NodePool', 'not input.spec.template.spec.expireAfter', 'no expiry'],
  ['NodePool', 'not input.spec.template.spec.terminationGracePeriod', 'no grace period'],
  ['NodePool', 'some r in input.spec.template.spec.requirements; r.operator == "In"; count(r.values) == 0', 'an empty list'],
  ['NodePool', 'some r in input.spec.template.spec.requirements; r.key == "kubernetes.io/hostname"', 'hostname'],
  ['NodePool', 'input.spec.template.spec.nodeClassRef.kind != "EC2NodeClass"', 'another class'],
  ['NodePool', 'some t in input.spec.template.spec.taints; t.effect == "PreferNoSchedule"', 'a soft taint'],
  ['EC2NodeClass', 'not input.spec.role; not input.spec.instanceProfile', 'no identity'],
  ['EC2NodeClass', 'some t in input.spec.amiSelectorTerms; endswith(t.alias, "@latest")', 'latest'],
  ['EC2NodeClass', 'input.spec.metadataOptions.httpTokens == "optional"', 'IMDSv1'],
  ['EC2NodeClass', 'input.spec.metadataOptions.httpPutResponseHopLimit > 2', 'hop limit'],
  ['EC2NodeClass', 'some b in input.spec.blockDeviceMappings; not b.ebs.encrypted', 'not encrypted'],
  ['EC2NodeClass', 'startswith(input.spec.role, "arn:")', 'role is an ARN'],
  ['EC2NodeClass', 'input.spec.associatePublicIPAddress', 'public addresses'],
];

export function conftestPolicies(folder) {
  mkdirSync(folder, { recursive: true });
  const rules = checks.map(
    ([kind, body, message]) =>
      `deny contains msg if {\n  input.kind == "${kind}"\n  ${body.replaceAll('; ', '\n  ')}\n  msg := "${message}"\n}\n`,
  );
  writeFileSync(join(folder, 'karpenter.rego'), `package main\n\nimport rego.v1\n\n${rules.join('\n')}`);
  return folder;
}
