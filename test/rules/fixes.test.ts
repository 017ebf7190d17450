import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { dedent } from '../../src/derive/dedent.ts';
import type { Diagnostic, Safety } from '../../src/diagnostic/diagnostic.ts';
import { applyEdits } from '../../src/document/apply-edits.ts';
import { caseFiles, diagnose, ruleOf } from '../support/case.ts';

const fixing = rules.filter(({ fix }) => fix !== undefined);
const cases = caseFiles('test/rules');

function ruleNamed(id: string) {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

function fixed(text: string, [first]: readonly Diagnostic[]): string {
  return applyEdits(text, first?.fixes[0]?.edits ?? []);
}

const gravity: readonly Safety[] = ['safe', 'drifts', 'unsafe'];

function offered(found: readonly Diagnostic[]): readonly Safety[] {
  return found.flatMap(({ fixes }) => fixes.map(({ safety }) => safety));
}

test.each(fixing)(
  '$id offers what it says, nothing graver, and its fix helps',
  async (rule) => {
    const own = cases.filter((file) => ruleOf(file) === rule.id).map((file) => readFileSync(file, 'utf8'));
    const seen = new Set<Safety>();
    for (const text of [dedent(rule.bad), ...own]) {
      const found = await diagnose(text, rule, rules);
      for (const safety of offered(found)) seen.add(safety);
      if (offered(found.slice(0, 1)).length > 0 && !/^# (?:file|before):/m.test(text)) {
        const again = await diagnose(fixed(text, found), rule, rules);
        expect(again.map(({ fingerprint }) => fingerprint)).not.toEqual(found.map(({ fingerprint }) => fingerprint));
      }
      if (seen.has(rule.fix as Safety)) break;
    }
    expect(gravity.findLast((safety) => seen.has(safety))).toBe(rule.fix);
  },
  60_000,
);

const nodeClass = (spec: string): string => `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nspec:\n${spec}`;

describe('what a fix writes', () => {
  test.each([
    [
      'selector-comma-list',
      '  subnetSelectorTerms:\n    - tags:\n        team: shop\n        Name: a, b,a\n',
      '  subnetSelectorTerms:\n    - tags:\n        team: shop\n        Name: a\n    - tags:\n        team: shop\n        Name: b\n',
    ],
    [
      'userdata-invisible-reservation',
      '  amiFamily: AL2023\n  userData: |\n    kind: NodeConfig\n    spec:\n      kubelet:\n        # ours\n        config:\n          systemReserved: { cpu: 1 } # all of it\n          registryPullQPS: 9\n',
      '  amiFamily: AL2023\n  userData: |\n    kind: NodeConfig\n    spec:\n      kubelet:\n        # ours\n        config:\n          registryPullQPS: 9\n  kubelet:\n    systemReserved:\n      cpu: "1"\n',
    ],
    [
      'userdata-invisible-reservation',
      '  amiFamily: AL2023\n  kubelet:\n    maxPods: 20\n  userData: |\n    kind: NodeConfig\n    spec:\n      kubelet:\n        config:\n          podsPerCore: 4\n',
      '  amiFamily: AL2023\n  kubelet:\n    maxPods: 20\n    podsPerCore: 4\n',
    ],
    [
      'userdata-overridden-by-karpenter',
      '  amiFamily: AL2023\n  kubelet:\n    maxPods: 20\n  userData: |\n    kind: NodeConfig\n    spec:\n      instance: {}\n      kubelet:\n        config:\n          maxPods: 110\n          clusterDNS: [10.0.0.10]\n',
      '  amiFamily: AL2023\n  kubelet:\n    maxPods: 20\n    clusterDNS:\n      - 10.0.0.10\n  userData: |\n    kind: NodeConfig\n    spec:\n      instance: {}\n',
    ],
    [
      'userdata-shell-read-as-yaml',
      '  amiFamily: AL2023\n  userData: |\n    echo: hello\n',
      '  amiFamily: AL2023\n  userData: |\n    #!/bin/bash\n    echo: hello\n',
    ],
    [
      'userdata-mime-broken',
      '  amiFamily: AL2023\n  userData: |\n    Content-Type: multipart/mixed; boundary="B"\n\n    --B\n    Content-Type: text/x-shellscript\n\n    echo\n',
      '  amiFamily: AL2023\n  userData: |\n    Content-Type: multipart/mixed; boundary="B"\n\n    --B\n    Content-Type: text/x-shellscript\n\n    echo\n    --B--\n',
    ],
    [
      'userdata-mime-broken',
      '  amiFamily: AL2023\n  userData: "\\n  MIME-Version: 1.0\\n  Content-Type: multipart/mixed\\n"\n',
      '  amiFamily: AL2023\n  userData: "MIME-Version: 1.0\\nContent-Type: multipart/mixed\\n"\n',
    ],
    [
      'storage-custom-last-mapping',
      '  amiFamily: Custom\n  blockDeviceMappings:\n    - deviceName: /dev/sda1\n    - deviceName: /dev/sdb\n',
      '  amiFamily: Custom\n  blockDeviceMappings:\n    - deviceName: /dev/sda1\n    - deviceName: /dev/sdb\n      rootVolume: true\n',
    ],
  ])('%s', async (id, before, after) => {
    const text = nodeClass(before);
    expect(fixed(text, await diagnose(text, ruleNamed(id), rules))).toBe(nodeClass(after));
  });

  test('no term can say two lists at once', async () => {
    const text = nodeClass('  subnetSelectorTerms: [{ tags: { a: "1,2", b: "3,4" } }]\n');
    const found = await diagnose(text, ruleNamed('selector-comma-list'), rules);
    expect(found.map(({ fixes }) => fixes)).toEqual([[], []]);
  });
});
