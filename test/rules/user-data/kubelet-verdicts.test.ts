import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kubeletFields } from '../../../rules/user-data/kubelet-fields.gen.ts';
import { mismatches } from '../../../rules/user-data/kubelet-shape.ts';
import { kubeletValueChecks } from '../../../rules/user-data/kubelet-value-checks.ts';
import { composeYaml } from '../../../src/document/compose-yaml.ts';
import { MapNode } from '../../../src/document/node.ts';
import { parseWith } from '../../../src/document/parse.ts';
import { ec2NodeClass } from '../../../src/model/ec2-node-class.ts';

interface Recorded {
  readonly maps: readonly { readonly kubelet: object; readonly errors: readonly string[] }[];
}

/** What the provider's validation of 1.15 said of each map (test/oracle/kubelet). */
const recorded: Recorded = JSON.parse(readFileSync('test/fixtures/kubelet-verdicts.json', 'utf8'));

function findings(kubelet: object): readonly string[] {
  const text = JSON.stringify({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', spec: { kubelet } });
  const [document] = parseWith({ file: 'class.json', text }, {}, composeYaml);
  const node = document?.objects[0]?.node;
  const map = node && ec2NodeClass(node).kubelet;
  if (!(map instanceof MapNode)) throw new Error('no map');
  const unknown = [...mismatches(map, kubeletFields)].filter(({ kind }) => kind === 'unknown-field');
  const values = kubeletValueChecks.flatMap(({ id, check }) => [...check(map)].map((finding) => finding.check ?? id));
  return [...unknown.map(() => 'RT-KL-01'), ...values];
}

/** It passes the validation, and breaks what comes after. */
const letThrough = new Set(['RT-KL-15']);
/** Go stops at the first value that it cannot decode, and says nothing of unknown fields then. */
const isDecoding = (error: string): boolean =>
  /^spec\.kubelet: (?:json: cannot|invalid|unable|quantities|time: |parsing time)/.test(error);

describe.each(recorded.maps)('$kubelet', ({ kubelet, errors }) => {
  const found = findings(kubelet);

  test('is refused by both or by none', () => {
    const refusing = errors.length > 0 ? found : found.filter((id) => !letThrough.has(id));
    expect(refusing.length > 0).toBe(errors.length > 0);
  });

  if (errors.length === 0 || errors.some(isDecoding)) return;
  test('for as many reasons', () => {
    expect(found).toHaveLength(errors.length);
  });
});

test('both answers are among the recorded', () => {
  expect(new Set(recorded.maps.map(({ errors }) => errors.length > 0))).toEqual(new Set([true, false]));
});
