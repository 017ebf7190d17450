import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { diagnose, ruleOf } from '../support/case.ts';

/** What is only likely is told more quietly than what is certain. By case file: the severities in the order of the lines. */
const levels: readonly (readonly [string, readonly string[]])[] = [
  ['ami/ami-no-image-for-type.yaml', ['error', 'info', 'error', 'error']],
  ['disruption/expire-after-without-tgp.yaml', ['warning', 'info']],
  ['disruption/expire-after-without-tgp.blocked.yaml', ['warning', 'info']],
  ['disruption/budget-blocks-repair.yaml', ['warning', 'warning']],
  ['disruption/budget-blocks-repair.unknown.yaml', ['info']],
  ['disruption/static-pool-gate-off.yaml', ['error']],
  ['disruption/static-pool-gate-off.unknown.yaml', ['info']],
  ['overlap/overlap-phantom-zone.yaml', ['warning']],
  ['overlap/overlap-phantom-zone.proven.yaml', ['error', 'warning']],
  ['overlap/overlay-gate-off.yaml', ['error']],
  ['overlap/overlay-gate-off.unknown.yaml', ['info']],
  ['proof/sched-unschedulable.yaml', ['error', 'error']],
  ['proof/sched-unschedulable.open.yaml', ['error', 'warning', 'warning']],
  ['reference/pool-zones-outside-subnets.yaml', ['warning', 'error']],
  ['network/selector-discovery-mismatch.closed.yaml', ['error', 'error']],
  ['network/selector-discovery-mismatch.name.yaml', ['warning']],
  ['reference/reserved-gate-off.by-default.yaml', ['info']],
  ['requirements/req-label-on-pool-metadata.closed.yaml', ['error']],
  ['overlap/overlap-shadowed-pool.limited.yaml', ['info']],
  ['spot/spot-no-fallback.yaml', ['warning']],
  ['spot/spot-no-fallback.open.yaml', ['info']],
  ['taints/taint-daemonset-not-tolerated.yaml', ['error', 'warning', 'warning']],
  ['user-data/kubelet-expression-gate-off.off.yaml', ['error']],
  ['user-data/kubelet-max-pods-above-eni.yaml', ['info']],
  ['user-data/kubelet-reservation-eats-node.yaml', ['warning', 'error']],
  ['workloads/tsc-key-unsupported.yaml', ['error', 'error', 'info']],
  ['workloads/tsc-min-domains.yaml', ['error', 'info', 'error']],
];

test.each(levels)(
  '%s',
  async (file, severities) => {
    const rule = rules.find(({ id }) => id === ruleOf(file));
    if (!rule) throw new Error(`no rule for ${file}`);
    const found = await diagnose(readFileSync(`test/rules/${file}`, 'utf8'), rule, rules);
    expect(found.map(({ severity }) => severity)).toEqual(severities);
  },
  60_000,
);
