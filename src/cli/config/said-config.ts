import { nearestWords } from '../../algebra/nearest-word.ts';
import type { Config, RuleSettings } from '../../config/config.ts';
import { clusterFacts } from '../../config/keys.ts';
import { settingFault } from '../../config/setting-fault.ts';
import type { RecordShape } from '../../lint/shape.ts';
import { UsageError } from '../usage-error.ts';
import { type FactFlag, factFlags, variableOf } from './fact-flags.ts';

const facts: RecordShape = { kind: 'record', means: 'facts', keys: { ...clusterFacts } };

/** A value as a flag or a variable gave it. */
type Said = string | boolean | readonly string[] | undefined;

/** What one source outside the file says, with a fault reported under the name by which the user knows it. */
export function factsSaid(saidOf: (fact: FactFlag) => Said, nameOf: (fact: FactFlag) => string): Config {
  const entries = factFlags.flatMap((fact) => {
    const said = saidOf(fact);
    return said === undefined ? [] : [[fact.key, valueFrom(said, fact, nameOf(fact))] as const];
  });
  return Object.fromEntries(entries) as Config;
}

function valueFrom(said: NonNullable<Said>, { key, shape }: FactFlag, name: string): string | boolean | readonly string[] {
  if (shape.kind === 'flag') return flagFrom(said, name);
  const values = shape.kind === 'list' ? [said].flat().flatMap((item) => String(item).split(',')) : [said];
  for (const value of values) {
    const fault = settingFault(facts, key, value);
    if (fault !== undefined) throw new UsageError(`${name}: ${fault}`);
  }
  return shape.kind === 'list' ? values.map(String) : String(said);
}

function flagFrom(said: NonNullable<Said>, name: string): boolean {
  if (typeof said === 'boolean') return said;
  if (said === 'true' || said === '1') return true;
  if (said === 'false' || said === '0') return false;
  throw new UsageError(`${name}: it takes true or false`);
}

const failLevels = ['error', 'warning', 'info', 'never'] as const;

/** `POOLPROOF_*`, beneath the flags and above the file. An empty variable is not set. */
export function environmentConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = (flag: string): string | undefined => environment[variableOf(flag)] || undefined;
  const failOn = read('fail-on');
  const level = failLevels.find((each) => each === failOn);
  if (failOn !== undefined && level === undefined)
    throw new UsageError(`POOLPROOF_FAIL_ON: "${failOn}" is not one of ${failLevels.join(', ')}`);
  const format = read('format');
  const baseline = read('baseline');
  return {
    ...factsSaid(
      ({ variable }) => environment[variable] || undefined,
      ({ variable }) => variable,
    ),
    ...(level !== undefined && { failOn: level }),
    ...(format !== undefined && { format: format.split(',') }),
    ...(baseline !== undefined && { baseline }),
  };
}

const levels = ['off', 'info', 'warning', 'error'] as const;

/** `--rule ID=LEVEL`, as often as given; of one rule the last counts. */
export function rulesSaid(said: readonly string[], ruleIds: readonly string[]): RuleSettings {
  return Object.fromEntries(said.map((each) => ruleSaid(each, ruleIds)));
}

function ruleSaid(said: string, ruleIds: readonly string[]): readonly [string, { readonly level: (typeof levels)[number] }] {
  const [, id = said, word] = /^(.*?)=(.*)$/.exec(said) ?? [];
  if (!ruleIds.includes(id)) throw new UsageError(`--rule: there is no rule "${id}"${hint(id, ruleIds)}`);
  const level = levels.find((each) => each === word);
  if (level === undefined) throw new UsageError(`--rule ${id}: it takes ${id}=LEVEL, with LEVEL one of ${levels.join(', ')}`);
  return [id, { level }];
}

/** What a mistyped word may have been meant as. */
export function hint(word: string, known: Iterable<string>): string {
  const [near] = nearestWords(word, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
