import { Option } from 'commander';
import { clusterOptions } from '../cluster/cluster-options.ts';
import { helpExamples } from '../help-examples.ts';

export const doctorHelp: string = helpExamples(
  ['poolproof doctor', 'is the webhook of this cluster well, and what is left of old ones'],
  ['poolproof doctor --context prod --format json', 'another cluster, for programs'],
  ['poolproof doctor --no-self-test', 'look only, send no dry run'],
);

export function doctorOptions(): readonly Option[] {
  return [
    ...clusterOptions(),
    new Option('--webhook-configuration <name>', 'the ValidatingWebhookConfiguration to look at').default('poolproof'),
    new Option('--no-self-test', 'do not offer the API server a pool that cannot be (a dry run: nothing is stored)'),
    new Option('-f, --format <format>', 'how to print it').choices(['text', 'json']).default('text'),
    new Option('-c, --config <file>', 'the configuration (default: the nearest poolproof.yaml upwards)'),
    new Option('--no-config', 'read no configuration'),
  ];
}
