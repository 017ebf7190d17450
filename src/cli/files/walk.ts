import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isTemplateName } from '../../document/template.ts';
import { type IgnoreScope, isIgnored, scopeAbove, scopeIn } from './ignore-scope.ts';
import { faultOf } from './read-bytes.ts';

/** Files found beneath a folder, in the order of their names. */
export interface Walk {
  readonly files: string[];
  /** Symbolic links to files, with where they lead: read only where nothing else leads there. */
  readonly links: { readonly path: string; readonly target: string }[];
  readonly unreadable: { readonly path: string; readonly fault: string }[];
}

/** Manifests, and what makes them, beneath a folder. `.git`, `node_modules` and what `.gitignore` names is left out. */
export function walk(folder: string): Walk {
  const found: Walk = { files: [], links: [], unreadable: [] };
  visit(folder, scopeAbove(folder), found, new Set());
  return found;
}

/** Whether a file in a folder is worth a look: what a file is about is told by its text only. */
export function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name) || name === 'Kustomization' || isTemplateName(name);
}

const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

function visit(folder: string, above: IgnoreScope | undefined, found: Walk, linked: Set<string>): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    found.unreadable.push({ path: folder, fault: faultOf(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const scope = scopeIn(
    folder,
    above,
    entries.some(({ name }) => name === '.gitignore'),
  );
  // The folder is normal already: to join each name anew costs more than to read the folder.
  const inside = folder.endsWith(sep) ? folder : folder + sep;
  for (const entry of entries) {
    const { name } = entry;
    const path = inside + name;
    if (entry.isDirectory()) {
      if (!skipped.has(name) && !isIgnored(scope, path, true)) visit(path, scope, found, linked);
    } else if (entry.isSymbolicLink()) {
      follow(path, name, scope, found, linked);
    } else if (isManifestName(name) && !isIgnored(scope, path, false)) {
      if (entry.isFile()) found.files.push(path);
      else found.unreadable.push({ path, fault: 'is a pipe, a socket or a device' });
    }
  }
}

/** A linked folder is walked once; one that leads back to where the walk is, or has been, adds nothing. */
function follow(path: string, name: string, scope: IgnoreScope | undefined, found: Walk, linked: Set<string>): void {
  if (skipped.has(name)) return;
  let target: string;
  let isFolder: boolean;
  try {
    target = realpathSync(path);
    isFolder = statSync(target).isDirectory();
  } catch (error) {
    if (isManifestName(name) && !isIgnored(scope, path, false)) found.unreadable.push({ path, fault: brokenLink(error) });
    return;
  }
  if (isIgnored(scope, path, isFolder)) return;
  if (!isFolder) {
    if (isManifestName(name)) found.links.push({ path, target });
    return;
  }
  if (linked.has(target) || `${realpathSync(join(path, '..'))}/`.startsWith(`${target}/`)) return;
  linked.add(target);
  const beneath: Walk = { files: [], links: [], unreadable: found.unreadable };
  visit(path, undefined, beneath, linked);
  found.links.push(...beneath.links, ...beneath.files.map((file) => ({ path: file, target: realpathSync(file) })));
}

function brokenLink(error: unknown): string {
  const fault = faultOf(error);
  return fault === 'does not exist' ? 'is a symbolic link to nothing' : fault;
}
