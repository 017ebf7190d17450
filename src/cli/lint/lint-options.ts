import { Option } from 'commander';
import { formats } from '../../report/formats.ts';
import { type FactFlag, factFlags } from '../config/fact-flags.ts';
import { helpExamples } from '../help-examples.ts';

export function lintHelp(command: string): string {
  if (command === 'fix') {
    return helpExamples(
      ['poolproof fix .', 'apply what keeps the meaning'],
      ['poolproof fix --dry-run .', 'show the change, write nothing'],
      ['poolproof fix --drifts pools/gpu.yaml', 'also what is right but rolls nodes'],
    );
  }
  return helpExamples(
    ['poolproof lint .', 'every manifest beneath this folder'],
    ['kustomize build . | poolproof lint -', 'what a pipeline renders'],
    ['poolproof lint --karpenter-version 1.14 pools/', 'for the Karpenter that runs there'],
    ['poolproof lint --format sarif=out.sarif .', 'for a code scanner'],
    ['poolproof lint --changed --since main .', 'only what a branch brings in'],
    ['poolproof lint --staged', 'only what the next commit brings in'],
  );
}

/** Flags of `lint` and `fix`, made anew for each: commander writes into them. */
export function lintOptions(): readonly Option[] {
  return [...output(), ...factFlags.map(factOption), ...configuration(), ...changes(), ...fixes(), ...baseline()].map(
    ({ heading, option }) => option.helpGroup(heading),
  );
}

interface Grouped {
  readonly heading: string;
  readonly option: Option;
}

function group(heading: string, ...options: readonly Option[]): readonly Grouped[] {
  return options.map((option) => ({ heading, option }));
}

function output(): readonly Grouped[] {
  return group(
    'What to print:',
    repeatable(
      new Option(
        '-f, --format <format>',
        `${formats.join(', ')}; FORMAT=FILE writes a file (default: pretty, in a pipe compact)`,
      ),
    ),
    new Option('--fail-on <severity>', 'least severity that fails the run (default: error)').choices([
      'error',
      'warning',
      'info',
      'never',
    ]),
    new Option('--show-suppressed', 'print what is suppressed too'),
    new Option('--timing', 'print how long each part took'),
  );
}

function factOption({ key, flag, shape, says }: FactFlag): Grouped {
  const heading = 'The cluster:';
  const description = says.replace(/\.$/, '');
  if (shape.kind === 'flag') return { heading, option: new Option(`--${flag}`, description) };
  const option = new Option(`--${flag} <${operandNames[key] ?? flag.split('-').at(-1)}>`, description);
  if (shape.kind === 'list') return { heading, option: repeatable(option) };
  return { heading, option: shape.kind === 'word' ? option.choices(shape.of) : option };
}

const operandNames: Readonly<Record<string, string>> = {
  zones: 'zone,...',
  externalClasses: 'name',
  catalog: 'file',
  awsFacts: 'file',
};

function configuration(): readonly Grouped[] {
  return group(
    'Configuration:',
    new Option('-c, --config <file>', 'the configuration (default: the nearest poolproof.yaml upwards)'),
    new Option('--no-config', 'read no configuration'),
    new Option('--print-config', 'print what holds, and stop'),
    repeatable(new Option('-r, --rule <id=level>', 'set a rule to off, info, warning or error')),
    new Option('--cluster <name>', 'judge one cluster of the configuration'),
    new Option('--now <instant>', 'judge as of this instant, such as 2026-11-24T10:00:00Z'),
    new Option('--stdin-filename <file>', 'call standard input by this name'),
    new Option('--hook', 'the files come from a commit hook: templates and patches among them are listed, not failures'),
  );
}

function changes(): readonly Grouped[] {
  return group(
    'Changes only:',
    new Option('--changed', 'report what the working tree brings in, against HEAD or --since'),
    new Option('--staged', 'report what the index brings in, against HEAD; reads the index').conflicts([
      'changed',
      'since',
      'fix',
    ]),
    new Option('--since <ref>', 'report what came in since this branch, tag or commit'),
    new Option('--old <file>', 'the state before the change, to judge what may not be changed'),
  );
}

function fixes(): readonly Grouped[] {
  return group(
    'Fixes:',
    new Option('--fix', 'apply fixes that keep the meaning'),
    new Option('--drifts', 'with --fix: also fixes that roll nodes'),
    new Option('--unsafe', 'with --fix: also fixes that change the meaning'),
    new Option('--dry-run', 'with --fix: print the change and write nothing'),
  );
}

function baseline(): readonly Grouped[] {
  return group(
    'Baseline:',
    new Option('--baseline <file>', 'findings in this file are accepted'),
    new Option('--baseline-create', 'write it with all findings of this run').conflicts(['baselineUpdate', 'baselinePrune']),
    new Option('--baseline-update', 'add the findings of this run to it').conflicts(['baselinePrune']),
    new Option('--baseline-prune', 'take out of it what is not found any more'),
  );
}

function repeatable(option: Option): Option {
  option.description += '; repeatable';
  return option.argParser((value, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
}
