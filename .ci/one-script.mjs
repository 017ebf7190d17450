import { basename } from 'node:path';
import { transform } from 'esbuild';

/**
 * One script of the chunks that esbuild made: only of a script, and not of modules, can be kept what V8 made of it. Every chunk is a
 * function in it, run when another asks for it first, so that a run pays for what it needs. The script is a function of Node.js'
 * `require`, of the folder that it lies in, and of `load`, which imports a module of that folder. Every run reads it whole, so it is
 * short.
 */
export async function oneScript(files) {
  const chunks = files.map(({ path, text }) => `${JSON.stringify(basename(path))}() {\n${asFunction(text, path)}\n}`);
  const { code } = await transform(
    `const chunks = {
${chunks.join(',\n')}
};
const done = new Map();
function require(name) {
  if (!name.startsWith('./')) return nodeRequire(name);
  if (!done.has(name)) done.set(name, chunks[name.slice(2)]());
  return done.get(name);
}
async function later(name) {
  return require(name);
}
require('./main.js');`,
    { minifyWhitespace: true, minifySyntax: true, target: 'node20' },
  );
  return `(function (nodeRequire, __dirname, load) {'use strict';${code}})`;
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
