import type { Subjects } from '../context/context.ts';
import type { Place } from '../text/place.ts';
import type { Atlas } from './atlas.ts';
import { type Policy, type Scope, type Setting, settingFor } from './policy.ts';
import type { Rule } from './rule.ts';
import { type Claim, scopeOf } from './settle.ts';
import type { World } from './world.ts';

export type Subject = Subjects[keyof Subjects];

/** What is the same for every rule of a run. */
export interface Run {
  readonly world: World;
  readonly policy: Policy;
  readonly map: Atlas;
  /** Told of a rule that throws; absent: the run ends with what was thrown. */
  readonly onCrash: ((rule: Rule, error: unknown) => void) | undefined;
}

/** Everywhere the same, where no override says otherwise. */
const everywhere: Scope = { file: '', object: undefined, labels: new Map() };

/** Adds to the claims what a rule says of its subjects. */
export function ask(rule: Rule, subjects: readonly Subject[], run: Run, claims: Claim[]): void {
  const { policy, onCrash } = run;
  const general = settingFor(rule, policy, everywhere);
  const isTuned = policy.overrides.some(({ rules }) => rules.has(rule.id));
  for (const subject of subjects) {
    const before = claims.length;
    try {
      check(rule, subject, isTuned, general, run, claims);
    } catch (error) {
      if (!onCrash) throw error;
      // Half of what a rule says may be the wrong half.
      claims.length = before;
      onCrash(rule, error);
    }
  }
}

function check(rule: Rule, subject: Subject, isTuned: boolean, general: Setting, run: Run, claims: Claim[]): void {
  const { world, policy, map } = run;
  const place = isTuned ? placeOf(subject) : undefined;
  const setting = place ? settingAt(rule, policy, place, map) : general;
  for (const finding of rule.check(subject, world, setting.parameters)) {
    // A claim about everything stands somewhere too, and is as loud as is said there.
    const loudness = isTuned && !place ? settingAt(rule, policy, finding.at, map) : setting;
    claims.push({ rule, setting: loudness, finding });
  }
}

function settingAt(rule: Rule, policy: Policy, place: Place, map: Atlas): Setting {
  return settingFor(rule, policy, scopeOf(place.file, map.objectAt(place)));
}

function placeOf(subject: Subject): Place | undefined {
  if ('at' in subject) return subject.at;
  if ('object' in subject) return subject.object.node.at;
  if ('node' in subject) return subject.node.at;
  if ('before' in subject) return (subject.after ?? subject.before).node.at;
  if ('directive' in subject) return subject.directive.at;
  return 'source' in subject ? { file: subject.source.file, path: [], span: subject.span } : undefined;
}
