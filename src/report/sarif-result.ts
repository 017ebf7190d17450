import type { Diagnostic, RenderedFix, Suppression } from '../diagnostic/diagnostic.ts';
import { groupBy } from './group-by.ts';
import { sarifLevels } from './sarif-level.ts';
import { artifactLocation, location, region } from './sarif-location.ts';

/** One finding. `suppressions` must be given for all results of a run or for none. */
export function result(diagnostic: Diagnostic, ruleIndex: number | undefined, withSuppressions: boolean): object {
  const { rule, severity, message, related, fixes, fingerprint, suppressed } = diagnostic;
  return {
    ruleId: rule,
    ruleIndex,
    level: sarifLevels[severity],
    message: { text: plainText(message) },
    locations: [location(diagnostic)],
    relatedLocations: related.map((place, id) => ({ id, ...location(place), message: { text: plainText(place.message) } })),
    partialFingerprints: { 'poolproof/v1': fingerprint },
    suppressions: withSuppressions ? (suppressed ? [suppression(suppressed)] : []) : undefined,
    // A fix without a change is not SARIF.
    fixes: fixes.filter(({ edits }) => edits.length > 0).map(fix),
    properties: properties(diagnostic),
  };
}

/** `[text](1)` in a message is a link in SARIF; what we quote never is. */
function plainText(text: string): string {
  return text.replace(/\[(?=[^[\]]*\]\()/g, '\\[');
}

/** The fields of the public contract that SARIF has no place for. */
function properties({ code, check, effect, why, docs, object, path, evidence, assumptions, clusters }: Diagnostic): object {
  return { code, check, effect, why, docs, object, path, evidence, assumptions, clusters };
}

function suppression({ by, reason, until }: Suppression): object {
  const inSource = by === 'comment' || by === 'annotation';
  return { kind: inSource ? 'inSource' : 'external', status: 'accepted', justification: reason, properties: { by, until } };
}

function fix({ title, safety, edits }: RenderedFix): object {
  const byFile = groupBy(edits, ({ file }) => file);
  return {
    description: { text: title },
    artifactChanges: Array.from(byFile, ([file, changes]) => ({
      artifactLocation: artifactLocation(file),
      replacements: changes.map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
    })),
    properties: { safety },
  };
}
