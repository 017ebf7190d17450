import type { Fix } from '../diagnostic/diagnostic.ts';
import type { Conflict, Constraint } from '../prover/proof.ts';
import { conflictTitle } from './conflict-words.ts';
import type { ProofPage } from './proof-lines.ts';
import { diffLines, gutterFor, note, sourceFrame } from './source-frame.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';

/** Conflicts of one pod, or of one pool, that are drawn with their source. */
const DRAWN = 4;

/** What stands in the way, with the source of each constraint, and the edits that would help. */
export function conflictLines(conflicts: readonly Conflict[], page: ProofPage): readonly string[] {
  const rest = conflicts.slice(DRAWN);
  const more = rest.length > 0 ? [`  and ${rest.length} more: ${visible(rest.map(({ pool }) => pool).join(', '))}`] : [];
  return [...conflicts.slice(0, DRAWN).flatMap((conflict) => drawn(conflict, page)), ...more];
}

function drawn(conflict: Conflict, page: ProofPage): readonly string[] {
  const { constraints, fixes } = conflict;
  const located = constraints.map(({ at }) => page.places.location(at).range);
  const edited = fixes.flatMap((fix) => page.places.edits(fix)?.edits.map(({ range }) => range) ?? []);
  const gutter = gutterFor([...located, ...edited]);
  return [
    `  ${page.colors.strong(visible(conflictTitle(conflict)))}`,
    ...constraints.flatMap((constraint) => framed(constraint, gutter, page)),
    ...fixes.flatMap((fix) => fixLines(fix, gutter, page)),
  ];
}

function framed({ at, says }: Constraint, gutter: number, page: ProofPage): readonly string[] {
  const { colors, places } = page;
  const location = places.location(at);
  const marking = { mark: '^', label: says, color: colors.severity.error };
  const frame = sourceFrame(location, marking, gutter, page);
  const home = location.range || !location.object ? where(location) : `${where(location)} ${visible(location.path)}`;
  return [
    colors.gutter(`${' '.repeat(gutter)}::: ${home}`),
    ...frame,
    ...(location.range ? [] : [`${' '.repeat(gutter + 3)}${visible(says)}`]),
  ];
}

function fixLines(fix: Fix, gutter: number, page: ProofPage): readonly string[] {
  const rendered = page.places.edits(fix);
  return [...note(`fix (${fix.safety})`, fix.title, gutter, page), ...(rendered ? diffLines(rendered, gutter, page) : [])];
}
