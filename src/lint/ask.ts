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

/** A rule with what it is told wherever no override says otherwise. */
export interface Brief {
  readonly rule: Rule;
  readonly setting: Setting;
  /** Whether an override may say otherwise somewhere. */
  readonly isTuned: boolean;
}

/** Everywhere the same, where no override says otherwise. */
const everywhere: Scope = { file: '', object: undefined, labels: new Map() };

export function briefOf(rule: Rule, policy: Policy): Brief {
  const isTuned = policy.overrides.some(({ rules }) => rules.has(rule.id));
  return { rule, setting: settingFor(rule, policy, everywhere), isTuned };
}

/** Adds to the claims what a rule says of its subjects. */
export function ask(brief: Brief, subjects: readonly Subject[], run: Run, claims: Claim[]): void {
  for (const subject of subjects) {
    const before = claims.length;
    try {
      check(brief, subject, run, claims);
    } catch (error) {
      if (!run.onCrash) throw error;
      // Half of what a rule says may be the wrong half.
      claims.length = before;
      run.onCrash(brief.rule, error);
    }
  }
}

function check({ rule, setting: general, isTuned }: Brief, subject: Subject, run: Run, claims: Claim[]): void {
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
