import { type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { nearestWords } from '../../algebra/nearest-word.ts';
import { UsageError } from '../usage-error.ts';
import type { Input, Unreadable } from './input.ts';
import { codeOf, faultOf } from './read-bytes.ts';
import { isManifestName, type Walk, walk } from './walk.ts';

export interface Expansion {
  readonly inputs: readonly Input[];
  readonly unreadable: readonly Unreadable[];
  /** Whether a manifest at an absolute path would be among the inputs if it were there. */
  covers(path: string): boolean;
}

export interface Where {
  /** The working folder. */
  readonly cwd: string;
  /** Files that the configuration keeps out, by absolute path. */
  readonly isExcluded: (path: string) => boolean;
  /** Words that a mistyped path may have been meant as. */
  readonly commands: readonly string[];
  /** What matches nothing is an error: a gate must not pass unread. Not where a deletion may be what is judged. */
  readonly mayBeEmpty: boolean;
}

/** Files, folders and globs as the user wrote them, into files. */
export function expand(operands: readonly string[], where: Where): Expansion {
  const found: Walk = { files: [], links: [], unreadable: [] };
  const named: string[] = [];
  const covers = operands.map((operand) => take(operand, where, named, found));
  return {
    inputs: unique(named, found, operands, where),
    unreadable: found.unreadable.map(({ path, fault }) => ({ file: shownAs(path, operands, where.cwd), fault })),
    covers: (path) => !where.isExcluded(path) && covers.some((cover) => cover(path)),
  };
}

type Cover = (path: string) => boolean;

function take(operand: string, where: Where, named: string[], found: Walk): Cover {
  if (operand === '') throw new UsageError('an input has no name: is a variable of the shell empty?');
  const path = resolve(where.cwd, operand);
  const stats = statOf(path, operand, where);
  if (!stats) return takeGlob(operand, path, where, found);
  if (!stats.isDirectory()) {
    if (!stats.isFile() && !isOpenPipe(path))
      throw new UsageError(`${operand} is a pipe or a device: give it on standard input, as -`);
    named.push(path);
    return (other) => other === path;
  }
  const beneath = walk(path);
  if (isNothing(beneath) && !where.mayBeEmpty)
    throw new UsageError(`${operand} holds no manifest: no .yaml, .yml or .json file is in it that .gitignore does not name`);
  add(found, beneath);
  return (other) => isBeneath(other, path) && isManifestName(other);
}

/** `<(kustomize build .)` of a shell is a pipe under such a name. */
function isOpenPipe(path: string): boolean {
  return /^\/dev\/(?:fd\/\d+|stdin)$|^\/proc\/(?:self|\d+)\/fd\/\d+$/.test(path);
}

function statOf(path: string, operand: string, { commands }: Where): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const code = codeOf(error);
    const { isGlob } = picomatch.scan(operand);
    if (code === 'ENOENT' && isGlob) return undefined;
    if (code !== 'ENOENT') throw new UsageError(`${operand} ${faultOf(error)}`);
    const [near] = nearestWords(operand, commands);
    throw new UsageError(`${operand} does not exist${near === undefined ? '' : `; did you mean the command "${near}"?`}`);
  }
}

function takeGlob(operand: string, path: string, { mayBeEmpty }: Where, found: Walk): Cover {
  const { base } = picomatch.scan(path.split(sep).join('/'));
  const matches = picomatch(path.split(sep).join('/'), { dot: true });
  const all = statSync(base, { throwIfNoEntry: false })?.isDirectory() ? walk(base) : { files: [], links: [], unreadable: [] };
  const matched: Walk = {
    files: all.files.filter((file) => matches(file)),
    links: all.links.filter((link) => matches(link.path)),
    unreadable: all.unreadable.filter((each) => matches(each.path)),
  };
  if (isNothing(matched) && !mayBeEmpty) throw new UsageError(`${operand} matches no manifest`);
  add(found, matched);
  return (other) => isManifestName(other) && matches(other);
}

function isNothing({ files, links, unreadable }: Walk): boolean {
  return files.length + links.length + unreadable.length === 0;
}

function add(found: Walk, more: Walk): void {
  for (const file of more.files) found.files.push(file);
  for (const link of more.links) found.links.push(link);
  for (const each of more.unreadable) found.unreadable.push(each);
}

/** Each file once, whatever leads to it: a second reading would find every object defined twice. */
function unique(
  named: readonly string[],
  found: Walk,
  operands: readonly string[],
  { cwd, isExcluded }: Where,
): readonly Input[] {
  const seen = new Set<string>();
  const inputs: Input[] = [];
  const push = (path: string, identity: string, isNamed: boolean): void => {
    if (seen.has(identity) || isExcluded(path)) return;
    seen.add(identity);
    inputs.push({ path, file: shownAs(path, operands, cwd), isNamed });
  };
  for (const path of named) push(path, path, true);
  for (const path of found.files) push(path, path, false);
  for (const { path, target } of found.links) push(path, target, false);
  return inputs.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function isBeneath(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Relative to the working folder; a file outside of it as the user led us there. */
export function shownAs(path: string, operands: readonly string[], cwd: string): string {
  const isAsked = (): boolean => operands.some((operand) => isAbsolute(operand) && path.startsWith(operand));
  if (sep === '/') {
    // The two ways of nearly all files, without taking each path to pieces.
    if (isBeneath(path, cwd)) return path.slice(cwd.endsWith(sep) ? cwd.length : cwd.length + 1);
    if (path !== cwd && isAsked()) return path;
  }
  const fromHere = relative(cwd, path);
  const isOutside = fromHere.startsWith('..') || isAbsolute(fromHere);
  const shown = isOutside && isAsked() ? path : fromHere;
  return sep === '/' ? shown : shown.split(sep).join('/');
}
