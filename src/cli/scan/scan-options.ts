import { Option } from 'commander';
import { clusterOptions } from '../cluster/cluster-options.ts';
import { helpExamples } from '../help-examples.ts';
import { lintOptions } from '../lint/lint-options.ts';

export const scanHelp: string = helpExamples(
  ['poolproof scan', 'judge what runs in the cluster of the current context'],
  ['poolproof scan --context prod --format json', 'another one, for programs'],
  ['poolproof scan --write-reports', 'leave the findings in the cluster as policy reports'],
  ['poolproof scan --shard 2/5 --format json', 'one of five equal jobs, whose findings add up'],
);

/** Of the flags of `lint` those that are not about files; all that tell of the cluster beside them. */
const shared = ['format', 'fail-on', 'show-suppressed', 'config', 'no-config', 'rule', 'cluster', 'baseline', 'now'];

export function scanOptions(): readonly Option[] {
  const isShared = ({ helpGroupHeading, long = '' }: Option): boolean =>
    helpGroupHeading === 'The cluster:' || shared.includes(long.slice('--'.length));
  const ofLint = lintOptions().filter(isShared);
  const own = [
    ...clusterOptions(),
    new Option('--write-reports', 'keep ClusterReport (or ClusterPolicyReport) objects in the cluster in step with the findings'),
    new Option('--shard <i/n>', 'report on one of n parts of the cluster; everything is still read'),
  ];
  return [...own.map((option) => option.helpGroup('The scan:')), ...ofLint];
}
