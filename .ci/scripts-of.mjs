import { basename } from 'node:path';
import { transform } from 'esbuild';

/**
 * Two scripts of the chunks that esbuild made: `often`, of what those entry points need that nearly every run needs, and `seldom`, of
 * the rest. Only of a script, and not of modules, can be kept what V8 made of it. Every chunk is a function, run when another asks for
 * it first, so that a run pays for what it needs. A script is read whole, so it is short.
 *
 * `often` is a function of Node.js' `require`, of the folder that it lies in, of `load`, which imports a module of that folder, of
 * `script`, which runs another script of it, and of the map in which it keeps the chunks that ran; `seldom` is one of the functions by
 * which chunks ask for others, and gives its chunks.
 */
export async function scriptsOf({ outputFiles, metafile }, isOften) {
  const needed = neededBy(metafile, isOften);
  const table = (isWanted) => {
    const chunks = outputFiles.filter(({ path }) => isWanted(basename(path)));
    return `{\n${chunks.map(({ path, text }) => `${JSON.stringify(basename(path))}() {\n${asFunction(text, path)}\n}`).join(',\n')}\n}`;
  };
  const often = `const chunks = ${table((name) => needed.has(name))};
let seldom;
function require(name) {
  if (!name.startsWith('./')) return nodeRequire(name);
  if (!done.has(name)) done.set(name, chunkCalled(name.slice(2))());
  return done.get(name);
}
function chunkCalled(name) {
  if (Object.hasOwn(chunks, name)) return chunks[name];
  seldom ??= script('seldom.cjs')(require, later, nodeRequire, __dirname, load);
  return seldom[name];
}
async function later(name) {
  return require(name);
}
require('./main.js');`;
  const seldom = `const chunks = ${table((name) => !needed.has(name))};`;
  return {
    often: await scriptOf('nodeRequire, __dirname, load, script, done', often),
    seldom: await scriptOf('require, later, nodeRequire, __dirname, load', seldom, 'return chunks;'),
  };
}

async function scriptOf(parameters, body, end = '') {
  const { code } = await transform(body, { minifyWhitespace: true, minifySyntax: true, target: 'node20' });
  return `(function (${parameters}) {'use strict';${code}${end}})`;
}

/** Names of the chunks of some entry points, and of what these import at once. */
function neededBy({ outputs }, isOften) {
  const needed = new Set();
  const take = (path) => {
    if (needed.has(basename(path))) return;
    needed.add(basename(path));
    for (const { path: other, kind, external } of outputs[path].imports)
      if (kind === 'import-statement' && !external) take(other);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint && isOften(entryPoint)) take(path);
  return needed;
}

/** What a chunk imports becomes constants, and what it exports what its function returns. */
function asFunction(text, path) {
  const code = text
    .replace(/^import (?:([^"'`]*?) from )?"([^"]+)";$/gm, (_, names, from) => imported(names, from))
    .replace(/^export \{([^}]*)\};\s*$/m, (_, names) => `return {${names.split(',').map(exported).join(',')}};`)
    .replace(/\bimport\(("\.\/[^"]+")\)/g, 'later($1)');
  const missed = /^(?:import|export)\b.*/m.exec(code);
  if (missed) throw new Error(`${path}: an import or export that is not understood: ${missed[0]}`);
  return code;
}

function imported(names, from) {
  const all = `require("${from}")`;
  if (names === undefined) return `${all};`;
  const [, whole] = /^\* as (\S+)$/.exec(names) ?? [];
  if (whole !== undefined) return `const ${whole} = ${all};`;
  const [, own, named] = /^([^{,\s]+)?(?:, )?(?:\{([^}]*)\})?$/.exec(names) ?? [];
  return [
    ...(own === undefined ? [] : [`const ${own} = ${all};`]),
    ...(named === undefined ? [] : [`const {${named.replaceAll(' as ', ': ')}} = ${all};`]),
  ].join(' ');
}

function exported(name) {
  const [from, to = from] = name.trim().split(' as ');
  return `${to}: ${from}`;
}
