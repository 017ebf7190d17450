import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check, holds } from './checks.mjs';

/** The Kubernetes client costs 70 MiB: what does not read a kubeconfig must not load it. */
export function bundleSuite(dist) {
  const chunks = readdirSync(join(dist, 'chunks')).map((name) => join(dist, 'chunks', name));
  const clients = chunks.filter(holdsClient);
  check('the client is in one chunk', clients.length, 1);
  for (const name of ['scan', 'doctor', 'serve'].filter((each) => existsSync(join(dist, `${each}-command.js`)))) {
    const loaded = loadedBy(join(dist, `${name}-command.js`));
    holds(`${name} starts without it`, !loaded.some(holdsClient), loaded.filter(holdsClient).join(', '));
  }
  check('and so does everything else', holdsClient(join(dist, 'main.cjs')), false);
}

function holdsClient(file) {
  return readFileSync(file, 'utf8').includes('loadFromClusterAndUser(cluster');
}

/** A module and what it imports by itself, not what it may import later. */
function loadedBy(file, loaded = new Set()) {
  if (loaded.has(file)) return [];
  loaded.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, target] of text.matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]+)";/gm))
    loadedBy(join(dirname(file), target), loaded);
  return [...loaded];
}
