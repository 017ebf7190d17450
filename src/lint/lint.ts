import type { Subjects } from '../context/context.ts';
import { type Judge, link } from '../context/link.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { placeholdersAsText } from '../document/placeholders-as-text.ts';
import type { Place } from '../text/place.ts';
import { type Atlas, atlas } from './atlas.ts';
import { type Policy, type Setting, settingFor } from './policy.ts';
import type { Rule } from './rule.ts';
import { type Claim, inReadingOrder, scopeOf, settle } from './settle.ts';
import { suppressions } from './suppress.ts';
import { type Skipped, triage } from './triage.ts';
import { type Facts, type World, worldOf } from './world.ts';

export interface Job {
  readonly documents: readonly Document[];
  /** The same files before the change, if one is judged. */
  readonly before?: readonly Document[];
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly policy: Policy;
  readonly judge: Judge;
}

export interface Verdict {
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly Skipped[];
}

/**
 * Told about each rule as it begins, about the proof as the first rule asks for it, and about what follows the rules, so that an edge
 * can time them; the engine has no clock.
 */
export type Observer = (part: Rule | 'prove' | 'settle') => void;

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

function lintOnce({ documents, before, rules, facts, policy, judge }: Job, observe: Observer): Verdict {
  const context = link({ documents, before: before ?? [], judge });
  const world = worldOf(facts, context, before !== undefined, () => observe('prove'));
  const { ready, skipped } = triage(rules, world, policy);
  const directives = documents.flatMap((document) => document.directives);
  const suppressed = suppressions(directives, policy, dayOf(facts.now));
  const map = atlas(documents);
  const ran = new Set(ready.map(({ id }) => id));

  const claims = ready
    .filter(({ on }) => on !== 'Allow')
    .flatMap((rule) => {
      const subjects = context.all(rule.on);
      if (subjects.length === 0) return [];
      observe(rule);
      return apply(rule, subjects, world, policy, map);
    });
  observe('settle');
  const diagnostics = settle(claims, policy, suppressed, map);
  // What a suppression silenced is known only now, so claims about suppressions come last.
  const allows = directives.map((directive) => ({ directive, used: suppressed.usedBy(directive), ran }));
  const later = ready.filter(({ on }) => on === 'Allow').flatMap((rule) => apply(rule, allows, world, policy, map));
  const more = settle(later, policy, suppressed, map);
  return { diagnostics: [...diagnostics, ...more].sort(inReadingOrder), skipped };
}

type Subject = Subjects[keyof Subjects];

function apply(rule: Rule, subjects: Iterable<Subject>, world: World, policy: Policy, map: Atlas): readonly Claim[] {
  const everywhere = settingFor(rule, policy, { file: '', object: undefined, labels: new Map() });
  const isTuned = policy.overrides.some(({ rules }) => rules.has(rule.id));
  const claims: Claim[] = [];
  for (const subject of subjects) {
    const place = isTuned ? placeOf(subject) : undefined;
    const setting = place ? settingAt(rule, policy, place, map) : everywhere;
    for (const finding of rule.check(subject, world, setting.parameters)) {
      // A claim about everything stands somewhere too, and is as loud as is said there.
      const loudness = isTuned && !place ? settingAt(rule, policy, finding.at, map) : setting;
      claims.push({ rule, setting: loudness, finding });
    }
  }
  return claims;
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
