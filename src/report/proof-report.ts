import type { Fix, Location, RenderedFix } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { renderFix } from '../document/splice.ts';
import { atlas } from '../lint/atlas.ts';
import type { Target } from '../lint/world.ts';
import type { Proof } from '../prover/proof.ts';
import { type Place, pointer } from '../text/place.ts';
import type { NotCheckedInput } from './report.ts';
import type { SourceLines } from './source-lines.ts';

/** Everything one run of `prove` has to say; each reporter turns it into the text of one format. */
export interface ProofReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  /** How many replicas of each workload were asked about, of those that an autoscaler in view may set. */
  readonly scale: 'min' | 'current' | 'max';
  /** Date of the instance-type catalog. */
  readonly catalogAsOf: string;
  readonly proof: Proof;
  /** What the places of the proof point into. */
  readonly documents: readonly Document[];
  /** What is no part of the proof, such as a template, with its place. */
  readonly notRead: readonly NotCheckedInput[];
}

/** From places of a proof to what a reader can open. */
export interface Places {
  location(at: Place): Location;
  /** Undefined where there is no text that could be edited. */
  edits(fix: Fix): RenderedFix | undefined;
  readonly linesOf: SourceLines;
}

export function placesIn(documents: readonly Document[]): Places {
  const map = atlas(documents);
  return {
    linesOf: (file) => map.lines(file),
    edits: (fix) => renderFix(fix, map),
    location: ({ file, path, object, span }) => {
      const lines = span && map.lines(file);
      return { file, ...(span && lines && { range: lines.range(span) }), ...(object && { object }), path: pointer(path) };
    },
  };
}
