import { join } from 'node:path';
import type { Expansion } from '../files/expand.ts';
import type { Input, Unreadable } from '../files/input.ts';
import { contentOf, type Reader } from '../files/reader.ts';
import { isManifestName } from '../files/walk.ts';
import { UsageError } from '../usage-error.ts';
import { blobs, gitLine, gitList, knowsCommit, mergeBase, rootOf } from './git.ts';

/** Two states of the inputs. */
export interface Change {
  readonly before: State;
  readonly after: State;
  /** Whether anything differs that a run could read. */
  readonly isEmpty: boolean;
  /** Submodules of which another commit is taken, or that were worked in: what differs in them is their repository's to tell. */
  readonly submodules: readonly string[];
}

export interface State {
  readonly inputs: readonly Input[];
  readonly read: Reader;
  /** What a walk met and could not look into. */
  readonly unreadable: readonly Unreadable[];
}

export interface Asked {
  readonly staged: boolean;
  /** Compare with where this branch, tag or commit and HEAD parted; absent: with HEAD. */
  readonly since: string | undefined;
}

export interface Around {
  readonly cwd: string;
  /** How messages name an absolute path. */
  readonly shownAs: (path: string) => string;
  readonly read: Reader;
}

/** What the working tree, or the index, differs in from a commit. */
export function changeOf(expansion: Expansion, { staged, since }: Asked, { cwd, shownAs, read }: Around): Change {
  const root = rootOf(cwd);
  const base = baseOf(root, since);
  const inputAt = (path: string): Input => ({ path, file: shownAs(path), isNamed: false });
  const after = staged ? indexState(expansion, root, inputAt, read) : { ...expansion, read };

  const changed = differing(root, staged ? ['--cached', base] : [base]);
  if (!staged) for (const path of gitList(root, 'ls-files', '--others', '--exclude-standard', '-z')) changed.set(path, 'A');
  const former = [...changed].filter(([, status]) => status !== 'A').map(([path]) => path);
  const texts = blobs(
    root,
    former.map((path) => `${base}:${path}`),
  );
  const formerTexts = new Map(former.flatMap((path) => entry(join(root, path), texts.get(`${base}:${path}`))));
  const added = new Set([...changed].filter(([, status]) => status === 'A').map(([path]) => join(root, path)));
  const known = new Set(after.inputs.map(({ path }) => path));
  const deleted = [...formerTexts.keys()].filter((path) => !known.has(path) && expansion.covers(path)).map(inputAt);
  return {
    after,
    before: {
      inputs: [...after.inputs.filter(({ path }) => !added.has(path)), ...deleted].sort(byFile),
      read: over(formerTexts, after.read),
      unreadable: [],
    },
    isEmpty: ![...changed.keys()].some((path) => isManifestName(path)),
    submodules: [...changed].flatMap(([path, letter]) => {
      const isAsked = letter === 'S' && expansion.covers(join(root, path, 'any.yaml'));
      return isAsked ? [shownAs(join(root, path))] : [];
    }),
  };
}

/** A repository without a commit has an empty tree to be compared with. */
function baseOf(root: string, since: string | undefined): string {
  if (since !== undefined) return partingOf(root, since);
  return knowsCommit(root, 'HEAD') ? 'HEAD' : gitLine(root, 'hash-object', '-t', 'tree', '/dev/null');
}

function partingOf(root: string, since: string): string {
  const isShallow = gitLine(root, 'rev-parse', '--is-shallow-repository') === 'true';
  const remedy = isShallow ? '; this clone is shallow: fetch more of its history (git fetch --unshallow)' : '';
  if (since.startsWith('-') || !knowsCommit(root, since))
    throw new UsageError(`--since: there is no branch, tag or commit "${since}"${remedy}`);
  const parting = mergeBase(root, since);
  if (parting === undefined) throw new UsageError(`--since: "${since}" and HEAD have no commit in common${remedy}`);
  return parting;
}

/** Paths from the root of the repository, each with Git's letter for what happened to it, `S` where it is a submodule. */
function differing(root: string, against: readonly string[]): Map<string, string> {
  const items = gitList(root, 'diff', '--raw', '--no-renames', '-z', ...against);
  const changed = new Map<string, string>();
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [from, to, , , letter = ''] = (items[at] ?? '').split(' ');
    changed.set(items[at + 1] ?? '', from === `:${SUBMODULE}` || to === SUBMODULE ? 'S' : letter);
  }
  return changed;
}

/** The mode under which Git keeps the commit of another repository. */
const SUBMODULE = '160000';

/** The inputs as the next commit has them: not as they lie on the disk, and without what Git does not know. */
function indexState(expansion: Expansion, root: string, inputAt: (path: string) => Input, read: Reader): State {
  const dirty = [...differing(root, [])].map(([path]) => path);
  const texts = blobs(
    root,
    dirty.map((path) => `:${path}`),
  );
  const staged = new Map(dirty.flatMap((path) => entry(join(root, path), texts.get(`:${path}`))));
  const tracked = new Set(gitList(root, 'ls-files', '--cached', '-z').map((path) => join(root, path)));
  const present = expansion.inputs.filter(({ path }) => tracked.has(path));
  const known = new Set(present.map(({ path }) => path));
  const absent = [...staged.keys()].filter((path) => !known.has(path) && expansion.covers(path)).map(inputAt);
  return { ...expansion, inputs: [...present, ...absent].sort(byFile), read: over(staged, read) };
}

function over(texts: ReadonlyMap<string, Buffer>, beneath: Reader): Reader {
  return (input) => {
    const bytes = texts.get(input.path);
    return bytes ? contentOf(input.file, bytes) : beneath(input);
  };
}

function entry(path: string, bytes: Buffer | undefined): readonly (readonly [string, Buffer])[] {
  return bytes ? [[path, bytes]] : [];
}

function byFile(a: Input, b: Input): number {
  return a.file < b.file ? -1 : 1;
}
