import type { Document } from '../../document/document.ts';
import type { Input } from '../files/input.ts';
import type { Loaded } from './load-documents.ts';

/**
 * Files about which no verdict exists although one was owed: asked for by name and a template, a patch or broken; broken and
 * Karpenter's; not to be read at all. A run with one of these is never a pass.
 */
export function unjudged({ documents, notChecked }: Loaded, inputs: readonly Input[]): readonly string[] {
  const named = new Set(inputs.filter(({ isNamed }) => isNamed).map(({ file }) => file));
  const owed = documents.filter((document) => isBroken(document) || (named.has(document.source.file) && isPassedOver(document)));
  return [...new Set([...notChecked.map(({ file }) => file), ...owed.map(({ source }) => source.file)])];
}

/** Nothing could be read from it, and that is a finding. */
function isBroken({ root, problems }: Document): boolean {
  return root === undefined && problems.length > 0;
}

/** A template or a patch; one of which only some values are unknown was judged. */
function isPassedOver({ objects, notChecked }: Document): boolean {
  return objects.length === 0 && notChecked.length > 0;
}
