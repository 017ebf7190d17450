import { Option } from 'commander';
import { factFlags } from '../config/fact-flags.ts';
import { helpExamples } from '../help-examples.ts';

const facts = ['karpenterVersion', 'kubernetesVersion', 'profile'];

export const vapHelp: string = helpExamples(
  ['poolproof export vap | kubectl apply -f -', 'warn about what CEL can judge, without a webhook'],
  ['poolproof export vap --mode enforce', 'deny what the configuration fails on, warn about the rest'],
  ['poolproof export vap --config prod.yaml --format json', 'for one configuration, for programs'],
  [
    'kubectl delete validatingadmissionpolicy,validatingadmissionpolicybinding -l app.kubernetes.io/name=poolproof',
    'take them away',
  ],
);

export function vapOptions(): readonly Option[] {
  return [
    new Option('--mode <mode>', "what findings do (default: the configuration's admission.mode, else warn)").choices([
      'audit',
      'warn',
      'enforce',
    ]),
    new Option('-f, --format <format>', 'how to print them').choices(['yaml', 'json']).default('yaml'),
    new Option('--failure-policy <policy>', 'what happens where a condition cannot be evaluated')
      .choices(['Ignore', 'Fail'])
      .default('Ignore'),
    new Option('-c, --config <file>', 'the configuration (default: the nearest poolproof.yaml upwards)'),
    new Option('--no-config', 'read no configuration'),
    new Option('--cluster <name>', 'the cluster of the configuration that the policies are for'),
    new Option('-r, --rule <id=level>', 'the level of one rule: off, info, warning or error').argParser(
      (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value],
    ),
    ...factFlags.filter(({ key }) => facts.includes(key)).map(factOption),
  ];
}

function factOption({ flag, shape, says }: (typeof factFlags)[number]): Option {
  const option = new Option(`--${flag} <${flag.split('-').at(-1) ?? 'value'}>`, says);
  return shape.kind === 'word' ? option.choices(shape.of) : option;
}
