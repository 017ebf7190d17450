import type { Subjects } from '../context/context.ts';
import { type Judge, link } from '../context/link.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Directive, Document } from '../document/document.ts';
import { placeholdersAsText } from '../document/placeholders-as-text.ts';
import type { Place } from '../text/place.ts';
import { type Atlas, atlas } from './atlas.ts';
import { type Policy, type Scope, type Setting, settingFor } from './policy.ts';
import type { Rule } from './rule.ts';
import { worldOf } from './run-world.ts';
import { type Claim, inReadingOrder, scopeOf, settle } from './settle.ts';
import { type Suppressions, suppressions } from './suppress.ts';
import { type Skipped, triage } from './triage.ts';
import type { Facts, World } from './world.ts';

export interface Job {
  readonly documents: readonly Document[];
  /** The same files before the change, if one is judged. */
  readonly before?: readonly Document[];
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly policy: Policy;
  readonly judge: Judge;
  /** Told of a rule that throws, which is a bug in it; the others go on. Absent: the run ends with what was thrown. */
  readonly onCrash?: (rule: Rule, error: unknown) => void;
}

export interface Verdict {
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly Skipped[];
}

/**
 * Told about each rule as it begins, about the first look for subjects of a kind (objects are decoded, and held against their schema,
 * when a rule wants them), about the proof as the first rule asks for it, and about what follows the rules, so that an edge can time
 * them; the engine has no clock.
 */
export type Observer = (part: Rule | 'subjects' | 'prove' | 'settle') => void;

/**
 * Documents in, settled diagnostics out. Reads no clock, disk or network, so equal jobs give equal answers.
 *
 * To a rule a placeholder's value is absent, and it may claim that something is missing. So documents with placeholders are judged
 * once more with each of them as the text that it is, and only what holds both ways is said.
 */
export function lint(job: Job, observe: Observer = () => undefined): Verdict {
  const verdict = lintOnce(job, observe);
  const asText = placeholdersAsText(job.documents);
  if (!asText) return verdict;
  const either = new Set(lintOnce({ ...job, documents: asText }, () => undefined).diagnostics.map(identity));
  return { ...verdict, diagnostics: verdict.diagnostics.filter((diagnostic) => either.has(identity(diagnostic))) };
}

function identity({ rule, check, file, range, path }: Diagnostic): string {
  return JSON.stringify([rule, check, file, range?.start.offset, path]);
}

function lintOnce({ documents, before, rules, facts, policy, judge, onCrash }: Job, observe: Observer): Verdict {
  const context = link({ documents, before: before ?? [], judge });
  const world = worldOf(facts, context, before !== undefined, () => observe('prove'));
  const { ready, skipped } = triage(rules, world, policy);
  const directives = documents.flatMap((document) => document.directives);
  const suppressed = suppressions(directives, policy, dayOf(facts.now));
  const map = atlas(documents);
  const run: Run = { world, policy, map, onCrash };

  const claims: Claim[] = [];
  const looked = new Set<Rule['on']>();
  for (const rule of ready) {
    if (rule.on === 'Allow') continue;
    if (!looked.has(rule.on)) observe('subjects');
    looked.add(rule.on);
    const subjects = context.all(rule.on);
    if (subjects.length === 0) continue;
    observe(rule);
    apply(rule, subjects, run, claims);
  }
  observe('settle');
  const diagnostics = settle(claims, policy, suppressed, map);
  const more = settle(aboutSuppressions(directives, suppressed, ready, run), policy, suppressed, map);
  return { diagnostics: [...diagnostics, ...more].sort(inReadingOrder), skipped };
}

/** What a suppression silenced is known only when all else is settled, so claims about suppressions come last. */
function aboutSuppressions(
  directives: readonly Directive[],
  suppressed: Suppressions,
  ready: readonly Rule[],
  run: Run,
): readonly Claim[] {
  if (directives.length === 0) return [];
  const ran = new Set(ready.map(({ id }) => id));
  const allows = directives.map((directive) => ({ directive, used: suppressed.usedBy(directive), ran }));
  const claims: Claim[] = [];
  for (const rule of ready) if (rule.on === 'Allow') apply(rule, allows, run, claims);
  return claims;
}

type Subject = Subjects[keyof Subjects];

/** What is the same for every rule of a run. */
interface Run extends Pick<Job, 'policy'> {
  readonly onCrash: Job['onCrash'] | undefined;
  readonly world: World;
  readonly map: Atlas;
}

/** Everywhere the same, where no override says otherwise. */
const everywhere: Scope = { file: '', object: undefined, labels: new Map() };

/** Adds to the claims what a rule says of its subjects. */
function apply(rule: Rule, subjects: readonly Subject[], run: Run, claims: Claim[]): void {
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

/** The day of an instant in UTC, as `2027-01-31`. */
function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
