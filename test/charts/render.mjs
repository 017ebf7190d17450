// The chart as Helm renders it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { helm } from './tools.mjs';

export const root = join(import.meta.dirname, '../..');
export const chart = join(root, 'charts/poolproof');
export const namespace = 'platform';
/** Kinds of others that the matrix uses. */
const served = ['cert-manager.io/v1', 'monitoring.coreos.com/v1', 'openreports.io/v1alpha1'].flatMap((version) => [
  '--api-versions',
  version,
]);

export function run(program, args, { input, cwd, env } = {}) {
  return spawnSync(program, args, { input, cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** How Helm ends on these arguments, without the kinds of others being served. */
export function template(...args) {
  return run(helm(), ['template', 'poolproof', chart, '--namespace', namespace, ...args]);
}

export function render(...args) {
  const { status, stdout, stderr } = template(...served, ...args);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export function objectsOf(text) {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** Every file of charts/poolproof/ci, rendered. */
export function matrix() {
  const folder = join(chart, 'ci');
  return readdirSync(folder)
    .filter((name) => name.endsWith('-values.yaml'))
    .map((name) => {
      const text = render('--values', join(folder, name));
      return { name: name.replace('-values.yaml', ''), file: join(folder, name), text, objects: objectsOf(text) };
    });
}
