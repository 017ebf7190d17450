import { type Judge, link } from '../context/link.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Directive, Document } from '../document/document.ts';
import { placeholdersAsText } from '../document/placeholders-as-text.ts';
import { annotatedDirectives } from './annotated-allows.ts';
import { ask, briefOf, type Run } from './ask.ts';
import { atlas } from './atlas.ts';
import type { Policy } from './policy.ts';
import type { Rule } from './rule.ts';
import { worldOf } from './run-world.ts';
import { type Claim, inReadingOrder, settle } from './settle.ts';
import { suppressions } from './suppress.ts';
import { type Skipped, triage } from './triage.ts';
import type { Facts } from './world.ts';

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
    ask(briefOf(rule, policy), subjects, run, claims);
  }
  observe('settle');
  const diagnostics = settle(claims, policy, suppressed, map);
  const allows = [
    ...directives.map((directive) => ({ directive, used: suppressed.usedBy(directive) })),
    ...annotatedDirectives(documents).map(([object, directive]) => ({ directive, used: suppressed.usedIn(object) })),
  ];
  const more = settle(aboutSuppressions(allows, ready, run), policy, suppressed, map);
  return { diagnostics: [...diagnostics, ...more].sort(inReadingOrder), skipped };
}

/** What a suppression silenced is known only when all else is settled, so claims about suppressions come last. */
function aboutSuppressions(
  allows: readonly { readonly directive: Directive; readonly used: ReadonlySet<string> }[],
  ready: readonly Rule[],
  run: Run,
): readonly Claim[] {
  if (allows.length === 0) return [];
  const ran = new Set(ready.map(({ id }) => id));
  const subjects = allows.map((allow) => ({ ...allow, ran }));
  const claims: Claim[] = [];
  for (const rule of ready) if (rule.on === 'Allow') ask(briefOf(rule, run.policy), subjects, run, claims);
  return claims;
}

/** The day of an instant in UTC, as `2027-01-31`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
