// Reads the cases; README.md says how they are written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'cases');

/** Every case with its whole text, in the order of the files. */
export function readCases() {
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((file) => readDocuments(file));
  const bases = new Map(documents.filter(({ header }) => header.base).map((document) => [document.header.base, document]));
  const olds = new Map(documents.filter(({ header }) => header.old).map((document) => [document.header.old, document]));
  const cases = documents.filter(({ header }) => header.case);
  expectUnique(cases.map(({ header }) => header.case));
  for (const name of olds.keys())
    if (!cases.some(({ header }) => header.case === name)) throw new Error(`no case for old: ${name}`);
  return cases.map((document) => {
    const { case: name, as = 'kubectl' } = document.header;
    const old = olds.get(name);
    return { name, file: document.file, as, text: expand(document, bases), ...(old && { old: expand(old, bases) }) };
  });
}

function readDocuments(file) {
  return readFileSync(join(folder, file), 'utf8')
    .split(/^---\n/m)
    .filter((text) => text.trim() !== '')
    .map((text) => readDocument(file, text));
}

/** Splits a document into its header (`# name: value` lines) and the text below. */
function readDocument(file, text) {
  const lines = text.split('\n');
  const header = {};
  for (let match = headerLine.exec(lines[0]); match; match = headerLine.exec(lines[0])) {
    header[match[1]] = match[2].trim();
    lines.shift();
  }
  if (!header.case && !header.old && !header.base) throw new Error(`${file}: a document without a name: ${text.slice(0, 80)}`);
  return { file, header, text: repeat(lines.join('\n')) };
}

const headerLine = /^# (case|old|base|of|without|as): ?(.*)$/;

/** `<ab*3>` is ababab, `<k#, *3>` is k0, k1, k2, */
function repeat(text) {
  return text.replace(/<([^<>\n]+)\*(\d+)>/g, (_, piece, count) =>
    Array.from({ length: Number(count) }, (_, at) => piece.replaceAll('#', at)).join(''),
  );
}

function expand({ file, header, text }, bases) {
  if (!header.of) return text;
  const base = bases.get(header.of);
  if (!base) throw new Error(`${file}: ${header.case ?? header.old} is of an unknown base: ${header.of}`);
  const tree = parseTree(expand(base, bases));
  for (const path of header.without?.split(/\s+/) ?? []) remove(tree, path.split('.'), `${file}: ${header.case}`);
  for (const line of text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))) {
    const [, path, value] = /^([^:\s]+):(.*)$/.exec(line) ?? [];
    if (path === undefined) throw new Error(`${file}: ${header.case ?? header.old}: not a change: ${line}`);
    set(tree, path.split('.'), value.trim());
  }
  return print(tree, '');
}

/** A base is block maps all the way down; a leaf keeps its text. */
function parseTree(text) {
  const root = new Map();
  const open = [{ indent: -1, map: root }];
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const [, spaces, key, value] = /^( *)([^:\s]+):(.*)$/.exec(line) ?? [];
    if (key === undefined) throw new Error(`not a line of a base: ${line}`);
    while (open.at(-1).indent >= spaces.length) open.pop();
    const child = value.trim() === '' ? new Map() : value.trim();
    open.at(-1).map.set(key, child);
    if (child instanceof Map) open.push({ indent: spaces.length, map: child });
  }
  return root;
}

function set(tree, path, value) {
  let map = tree;
  for (const key of path.slice(0, -1)) {
    if (!map.has(key)) map.set(key, new Map());
    map = map.get(key);
    if (!(map instanceof Map)) throw new Error(`${path.join('.')} leads into the text ${map}`);
  }
  map.set(path.at(-1), value);
}

function remove(tree, path, where) {
  let map = tree;
  for (const key of path.slice(0, -1)) map = map.get(key);
  if (!map?.delete(path.at(-1))) throw new Error(`${where}: nothing to leave out at ${path.join('.')}`);
}

function print(map, indent) {
  let text = '';
  for (const [key, value] of map) {
    if (!(value instanceof Map)) text += `${indent}${key}: ${value}\n`;
    else text += value.size === 0 ? `${indent}${key}: {}\n` : `${indent}${key}:\n${print(value, `${indent}  `)}`;
  }
  return text;
}

function expectUnique(names) {
  const seen = new Set();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`two cases are named ${name}`);
    seen.add(name);
  }
}
