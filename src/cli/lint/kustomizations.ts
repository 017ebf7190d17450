import { dirname, join, normalize } from 'node:path';
import type { Plain } from '../../diagnostic/diagnostic.ts';
import { type Node, toPlain } from '../../document/node.ts';
import { parse } from '../../document/parse.ts';
import type { Input } from '../files/input.ts';
import type { Reader } from '../files/reader.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A base keeps its patches in folders beneath it; deeper than this nobody does. */
const LEVELS_UP = 3;

/** Paths of the files that some kustomization near the inputs, or among them, applies as patches: they are no whole objects. */
export async function patchFiles(inputs: readonly Input[], all: readonly Input[], read: Reader): Promise<ReadonlySet<string>> {
  const folders = new Set([...new Set(inputs.flatMap(({ path }) => (path === '' ? [] : dirname(path))))].flatMap(foldersAround));
  const known = all.filter(({ path }) => names.includes(path.slice(path.lastIndexOf('/') + 1)));
  const near = [...folders].flatMap((folder) => names.map((name): Input => inputAt(join(folder, name))));
  const patches = new Set<string>();
  const seen = new Set<string>();
  for (const input of [...known, ...near]) {
    if (seen.has(input.path)) continue;
    seen.add(input.path);
    const content = read(input);
    if ('fault' in content || !/patch/i.test(content.source.text)) continue;
    for (const { root } of await parse(content.source)) {
      if (root) for (const file of patchesIn(root)) patches.add(normalize(join(dirname(input.path), file)));
    }
  }
  return patches;
}

function inputAt(path: string): Input {
  return { path, file: path, isNamed: false };
}

function foldersAround(folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; folders.length <= LEVELS_UP; at = dirname(at)) {
    folders.push(at);
    if (dirname(at) === at) break;
  }
  return folders;
}

type PlainMap = { readonly [key: string]: Plain };

/** File names under the three spellings that kustomize knows; patches written in place have none. */
function patchesIn(root: Node): readonly string[] {
  const kustomization = toPlain(root);
  if (!isMap(kustomization)) return [];
  const { patches, patchesStrategicMerge, patchesJson6902 } = kustomization;
  const listed = [...listOf(patches), ...listOf(patchesJson6902)].flatMap((entry) => fileOf(entry) ?? []);
  return [...listed, ...listOf(patchesStrategicMerge)].filter(
    (file): file is string => typeof file === 'string' && !file.includes('\n'),
  );
}

function fileOf(entry: Plain): Plain | undefined {
  if (!isMap(entry)) return undefined;
  const { path } = entry;
  return path;
}

function listOf(value: Plain | undefined): readonly Plain[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
