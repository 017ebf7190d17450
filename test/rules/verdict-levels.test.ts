import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { diagnose, ruleOf } from '../support/case.ts';

/** What is only likely is told more quietly than what is certain. By case file: the severities in the order of the lines. */
const levels: readonly (readonly [string, readonly string[]])[] = [
  ['ami/ami-no-image-for-type.yaml', ['error', 'info']],
  ['disruption/budget-blocks-repair.yaml', ['warning', 'warning']],
  ['disruption/budget-blocks-repair.unknown.yaml', ['info']],
  ['disruption/static-pool-gate-off.yaml', ['error']],
  ['disruption/static-pool-gate-off.unknown.yaml', ['info']],
  ['overlap/overlay-gate-off.yaml', ['error']],
  ['overlap/overlay-gate-off.unknown.yaml', ['info']],
  ['reference/pool-zones-outside-subnets.yaml', ['warning', 'error']],
  ['taints/taint-daemonset-not-tolerated.yaml', ['error', 'warning', 'warning']],
  ['user-data/kubelet-max-pods-above-eni.yaml', ['info']],
  ['user-data/kubelet-reservation-eats-node.yaml', ['warning', 'error']],
];

test.each(levels)('%s', async (file, severities) => {
  const rule = rules.find(({ id }) => id === ruleOf(file));
  if (!rule) throw new Error(`no rule for ${file}`);
  const found = await diagnose(readFileSync(`test/rules/${file}`, 'utf8'), rule, rules);
  expect(found.map(({ severity }) => severity)).toEqual(severities);
});
