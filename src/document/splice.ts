import type { Fix, RenderedFix } from '../diagnostic/diagnostic.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Document } from './document.ts';

/** What rendering needs to know of the files an operation touches. */
export interface Files {
  lines(file: string): LineIndex | undefined;
  documents(file: string): readonly Document[];
}

export function renderFix(fix: Fix, _files: Files): RenderedFix | undefined {
  return { title: fix.title, safety: fix.safety, edits: [] };
}
