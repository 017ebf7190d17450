import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Document, ProblemKind } from '../../src/document/document.ts';

/** Findings about one kind of problem that the reader of documents met. */
export function* problemsOf({ problems }: Document, kinds: readonly ProblemKind[]): Iterable<Finding> {
  for (const { kind, at, message, related, fixes } of problems) {
    if (!kinds.includes(kind)) continue;
    yield { at, message, ...(related && { related: [{ at: related, message: 'the first one' }] }), ...(fixes && { fixes }) };
  }
}
