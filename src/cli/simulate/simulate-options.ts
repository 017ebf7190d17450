import { Option } from 'commander';
import { factFlags } from '../config/fact-flags.ts';
import { helpExamples } from '../help-examples.ts';

/** How a simulation can be printed. */
export const simulationFormats: readonly string[] = ['pretty', 'json', 'markdown'];

const facts = ['karpenterVersion', 'region', 'zones', 'minValuesPolicy', 'preferencePolicy', 'catalog'];

export const simulateHelp: string = helpExamples(
  ['poolproof simulate pools/ apps/', 'what Karpenter would launch for these workloads'],
  ['helm template app | poolproof simulate pools/ -', 'for what a pipeline renders'],
  ['poolproof simulate --karpenter-version 1.14 --format json .', 'as an older one decides, for programs'],
  ['poolproof simulate scenario.json', 'a scenario that says everything itself'],
);

export function simulateOptions(): readonly Option[] {
  return [
    new Option('-f, --format <format>', 'how to print it').choices(simulationFormats).default('pretty'),
    new Option('--config <file>', 'the configuration (default: the nearest poolproof.yaml upwards)'),
    new Option('--no-config', 'read no configuration'),
    new Option('--cluster <name>', 'the cluster of the configuration to answer for'),
    new Option('--feature-gates <gates>', 'gates of Karpenter, such as NodeOverlay=true (default: as Helm values in view say)'),
    new Option('--now <instant>', 'the instant to judge by, such as 2026-11-24T10:00:00Z'),
    ...factFlags.filter(({ key }) => facts.includes(key)).map(factOption),
  ];
}

function factOption({ flag, shape, says }: (typeof factFlags)[number]): Option {
  const option = new Option(`--${flag} <${flag.split('-').at(-1) ?? 'value'}>`, says);
  return shape.kind === 'word' ? option.choices(shape.of) : option;
}
