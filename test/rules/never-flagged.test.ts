import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { minorOf } from '../../src/algebra/version.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { parseWith } from '../../src/document/parse.ts';
import { lint } from '../../src/lint/lint.ts';
import { plainPolicy } from '../../src/lint/policy.ts';
import { prover } from '../../src/prover/prover.ts';
import { judgeFor } from '../support/judge.ts';

/** What every rule together must leave alone in the recommended profile, however much it looks like a mistake. */

const catalog = await loadCatalog();
const judge = await judgeFor('1.15');
const sane = ['nodeclass.yaml', 'nodepools.yaml', 'workloads.yaml']
  .map((file) => readFileSync(`examples/sane/${file}`, 'utf8'))
  .join('---\n');

function loud(text: string, closedWorld = false, policy = plainPolicy): readonly string[] {
  const documents = parseWith({ file: 'case.yaml', text }, {}, composeYaml);
  const facts = {
    target: {
      karpenterVersion: '1.15',
      karpenterMinor: minorOf('1.15'),
      kubernetesVersion: '1.34',
      region: 'eu-west-1',
      zones: undefined,
      profile: 'recommended' as const,
      closedWorld,
      externalClasses: [],
      minValuesPolicy: 'Strict' as const,
      preferencePolicy: 'Respect' as const,
    },
    now: Date.parse('2026-11-24T00:00:00Z'),
    settings: {},
    ruleIds: new Set(rules.map(({ id }) => id)),
    catalog,
    prove: prover,
  };
  const { diagnostics } = lint({ documents, rules, facts, policy, judge });
  return diagnostics.filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${rule}: ${message}`);
}

/** The sane example with one stretch of text put in place of another. */
function edited(before: string, after: string): string {
  if (!sane.includes(before)) throw new Error(`the sane example has no ${JSON.stringify(before)}`);
  return sane.replace(before, after);
}

/** Both capacity types in one pool, consolidateAfter with WhenEmptyOrUnderutilized, a zero budget in a window, no os, hop limit 1. */
test('the sane example', () => {
  expect(loud(sane)).toEqual([]);
  expect(loud(sane, true)).toEqual([]);
}, 60_000);

const requirement = (key: string, operator: string, ...values: string[]): string =>
  `        - { key: ${key}, operator: ${operator}, values: [${values.join(', ')}] }\n`;
const lastOfGeneral = '          values: [nano, micro, small]\n';
const gpu = '        - key: karpenter.k8s.aws/instance-family\n          operator: In\n          values: [g5, g6, g6e]\n';

test.each<readonly [string, string, string]>([
  ['a disruption block without consolidateAfter', '    consolidateAfter: 5m\n', ''],
  ['In and NotIn on one key', lastOfGeneral, lastOfGeneral + requirement('karpenter.k8s.aws/instance-category', 'NotIn', 'r')],
  [
    'the hypervisor as a way to drop bare metal',
    lastOfGeneral,
    lastOfGeneral + requirement('karpenter.k8s.aws/instance-hypervisor', 'In', 'nitro'),
  ],
  [
    'a list of three types on demand',
    gpu,
    requirement('node.kubernetes.io/instance-type', 'In', 'g6.8xlarge', 'g6.16xlarge', 'g5.8xlarge'),
  ],
  ['limits that are integers', 'cpu: "1000"', 'cpu: 1000'],
  ['an amiFamily that repeats the alias', '  amiSelectorTerms:', '  amiFamily: AL2023\n  amiSelectorTerms:'],
  ['a budget for unhealthy nodes', 'reasons: [Drifted, Underutilized]', 'reasons: [Drifted, Underutilized, Unhealthy]'],
  ['nodes that never expire', 'expireAfter: 336h\n      terminationGracePeriod: 24h\n', 'expireAfter: Never\n'],
  ['shell as user data of AL2023', '  tags:\n    team', '  userData: |\n    #!/bin/bash\n    echo ready\n  tags:\n    team'],
  ['a kubelet field of 1.15', '  tags:\n    team', '  kubelet: { containerLogMaxSize: 50Mi }\n  tags:\n    team'],
  [
    'do-not-repair on nodes',
    '  template:\n    spec:',
    '  template:\n    metadata: { annotations: { karpenter.sh/do-not-repair: "true" } }\n    spec:',
  ],
  ['a pod that names its pool', 'karpenter.k8s.aws/instance-family: g6', 'karpenter.sh/nodepool: gpu'],
  [
    'a toleration of CriticalAddonsOnly',
    '      topologySpreadConstraints:',
    '      tolerations: [{ key: CriticalAddonsOnly, operator: Exists }]\n      topologySpreadConstraints:',
  ],
])(
  '%s',
  (_, before, after) => {
    expect(loud(edited(before, after))).toEqual([]);
  },
  60_000,
);

const nodePool = (name: string, spec: string, taints = ''): string => `---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: ${name} }
spec:
${spec}  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      expireAfter: 336h
      terminationGracePeriod: 24h
${taints}      requirements:
        - { key: kubernetes.io/arch, operator: In, values: [amd64] }
        - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
        - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
        - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["4"] }
`;

test('a static pool without weight beside others', () => {
  const fixed = nodePool(
    'static',
    '  replicas: 3\n  limits: { nodes: "5" }\n',
    '      taints: [{ key: a, effect: NoSchedule }]\n',
  );
  expect(loud(sane + fixed)).toEqual([]);
}, 60_000);

test('the only pool of a cluster, without taints', () => {
  const nodeClass = readFileSync('examples/sane/nodeclass.yaml', 'utf8');
  const only = nodePool('only', '  limits: { cpu: "100", memory: 400Gi }\n');
  expect(loud(nodeClass + only, true)).toEqual([]);
}, 60_000);

test('an expression for maxPods where the gate is open', () => {
  const gate = new Map([['kubelet-expression-gate-off', { parameters: { nodeClassCEL: true } }]]);
  const expression = edited('  tags:\n    team', '  kubelet: { maxPods: "vcpus * 10" }\n  tags:\n    team');
  expect(loud(expression, false, { ...plainPolicy, rules: gate })).toEqual([]);
}, 60_000);
