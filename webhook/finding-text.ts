import type { Diagnostic, Severity } from '../src/diagnostic/diagnostic.ts';
import { cleanLine } from './clean-line.ts';

/** The API server cuts from 256 on, once the warnings of all webhooks together pass 4,096. */
const WARNING_LENGTH = 200;
const MOST_WARNINGS = 10;
const CAUSE_LENGTH = 1000;

const gravity: readonly Severity[] = ['error', 'warning', 'info'];

/** The gravest first, else in the order of the object. */
export function gravestFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
}

/** What a warning says of a finding: which rule, and what is wrong. `about` names another object than the one that is written. */
export function warningText({ rule, message }: Diagnostic, about: string | undefined): string {
  return cleanLine(`poolproof: ${rule}: ${prefix(about)}${message}`, WARNING_LENGTH);
}

/** What a denial says of a finding: also what would mend it, and where that is documented. */
export function causeText({ rule, message, fixes, docs }: Diagnostic, about: string | undefined): string {
  const [fix] = fixes;
  return cleanLine(`poolproof: ${rule}: ${prefix(about)}${message}${fix ? `; fix: ${fix.title}` : ''} (${docs})`, CAUSE_LENGTH);
}

function prefix(about: string | undefined): string {
  return about === undefined ? '' : `${about}: `;
}

/** At most ten; `also` are told in any case, and the last line says how many findings are left out. */
export function withinBudget(findings: readonly string[], also: readonly string[]): readonly string[] {
  const distinct = [...new Set(findings)];
  const room = Math.max(MOST_WARNINGS - also.length, 1);
  if (distinct.length <= room) return [...distinct, ...also];
  const shown = distinct.slice(0, room - 1);
  return [...shown, ...also, `poolproof: … and ${distinct.length - shown.length} more, run \`poolproof lint\``];
}

export function notFullyChecked(why: string): string {
  return cleanLine(`poolproof: not fully checked: ${why}`, WARNING_LENGTH);
}
