import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readBytes } from './read-bytes.ts';

/** The `.gitignore` of one folder, and those above it. */
export interface IgnoreScope {
  readonly folder: string;
  readonly rules: Ignore;
  readonly above: IgnoreScope | undefined;
}

/** The scope of a folder inside another: its own `.gitignore`, if it has one, outranks those above. */
export function scopeIn(folder: string, above: IgnoreScope | undefined, hasFile: boolean): IgnoreScope | undefined {
  if (!hasFile) return above;
  const read = readBytes(join(folder, '.gitignore'));
  return 'fault' in read ? above : { folder, rules: ignore().add(read.bytes.toString('utf8')), above };
}

/** What the repository says above a folder, from its root down; nothing outside a repository or if the folder itself is ignored. */
export function scopeAbove(folder: string): IgnoreScope | undefined {
  let scope: IgnoreScope | undefined;
  for (const each of foldersAbove(folder)) scope = scopeIn(each, scope, existsSync(join(each, '.gitignore')));
  return isIgnored(scope, folder, true) ? undefined : scope;
}

/** From the root of the repository to just above the folder; none if the folder is the root or in no repository. */
function foldersAbove(folder: string): readonly string[] {
  const above: string[] = [];
  for (let at = folder; !existsSync(join(at, '.git')); at = dirname(at)) {
    if (dirname(at) === at) return [];
    above.unshift(dirname(at));
  }
  return above;
}

/** The deepest `.gitignore` that speaks of a path decides. */
export function isIgnored(scope: IgnoreScope | undefined, path: string, isFolder: boolean): boolean {
  for (let at = scope; at; at = at.above) {
    const relative = path.slice(at.folder.length + (at.folder.endsWith('/') ? 0 : 1));
    const { ignored, unignored } = at.rules.test(isFolder ? `${relative}/` : relative);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
