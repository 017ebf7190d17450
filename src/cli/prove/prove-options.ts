import { InvalidArgumentError, Option } from 'commander';
import { type FactFlag, factFlags } from '../config/fact-flags.ts';
import { helpExamples } from '../help-examples.ts';
import { proofFormats } from './proof-formats.ts';

export const proveHelp: string = helpExamples(
  ['poolproof prove pools/ apps/', 'whether every pool can run something, and every workload has a place'],
  ['helm template app | poolproof prove pools/ -', 'for what a pipeline renders'],
  ['poolproof prove --html proof.html .', 'the same as a page with pictures'],
  ['poolproof prove --format markdown=comment.md .', 'for a comment on a pull request'],
  ['poolproof prove --fix --drifts --dry-run .', 'the edits that would make it so'],
  ['poolproof prove --strict-unknown .', 'as a gate that takes nothing on trust'],
);

/** Facts that a proof depends on. */
const facts = [
  'karpenterVersion',
  'kubernetesVersion',
  'region',
  'zones',
  'externalClasses',
  'minValuesPolicy',
  'preferencePolicy',
  'catalog',
  'awsFacts',
];

/** Flags of `prove`, made anew: commander writes into them. */
export function proveOptions(): readonly Option[] {
  return [
    ...grouped(
      'What to print:',
      repeatable(new Option('-f, --format <format>', `${proofFormats.join(', ')}; FORMAT=FILE writes a file (default: pretty)`)),
      new Option('--html <file>', 'also write a page with pictures, which needs nothing beside it'),
      new Option('--pool <name>', 'answer for this pool only'),
      new Option('--strict-unknown', 'fail where something is unknown too'),
    ),
    ...grouped('The cluster:', ...factFlags.filter(({ key }) => facts.includes(key)).map(factOption)),
    ...grouped(
      'What to ask:',
      new Option('--scale <replicas>', 'replicas of workloads with an autoscaler')
        .choices(['min', 'current', 'max'])
        .default('max'),
      new Option('--feature-gates <gates>', 'gates of Karpenter, such as NodeOverlay=true (default: as Helm values in view say)'),
      new Option('--max-seconds <number>', 'stop asking after so long, and answer with what there is').argParser(secondsFrom),
    ),
    ...grouped(
      'Configuration:',
      new Option('-c, --config <file>', 'the configuration (default: the nearest poolproof.yaml upwards)'),
      new Option('--no-config', 'read no configuration'),
      new Option('--cluster <name>', 'the cluster of the configuration to answer for'),
      new Option('--now <instant>', 'the instant to judge by, such as 2026-11-24T10:00:00Z'),
      new Option('--stdin-filename <file>', 'call standard input by this name'),
    ),
    ...grouped(
      'Fixes:',
      new Option('--fix', 'apply fixes that keep the meaning and make something provable'),
      new Option('--drifts', 'with --fix: also fixes that roll nodes'),
      new Option('--unsafe', 'with --fix: also fixes that change the meaning'),
      new Option('--dry-run', 'with --fix: print the change and write nothing'),
    ),
  ];
}

function grouped(heading: string, ...options: readonly Option[]): readonly Option[] {
  return options.map((option) => option.helpGroup(heading));
}

const operands: Readonly<Record<string, string>> = { zones: 'zone,...', externalClasses: 'name', awsFacts: 'file' };

function factOption({ key, flag, shape, says }: FactFlag): Option {
  const option = new Option(`--${flag} <${operands[key] ?? flag.split('-').at(-1)}>`, says.replace(/\.$/, ''));
  if (shape.kind === 'list') return repeatable(option);
  return shape.kind === 'word' ? option.choices(shape.of) : option;
}

function repeatable(option: Option): Option {
  option.description += '; repeatable';
  return option.argParser((value, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
}

function secondsFrom(said: string): number {
  const seconds = Number(said);
  if (!/^\d+(?:\.\d+)?$/.test(said) || seconds === 0) throw new InvalidArgumentError('It takes a number of seconds above 0.');
  return seconds;
}
