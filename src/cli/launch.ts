import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { compileCache } from './compile-cache.ts';

/**
 * Starts the command line. Most of a short run would go into compiling, so what V8 compiled is kept for the next one: whenever parts
 * of the program ran that no run before has kept. (Node.js can do so itself from 22.1 on.)
 */
const here = import.meta.dirname;
const load = (module: string): Promise<unknown> => import(pathToFileURL(join(here, module)).href);
const ran = new Map<string, unknown>();
scriptIn('main.cjs')(require, here, load, scriptIn, ran);

/** The function that a script of this folder is. */
function scriptIn(name: string): (...given: readonly unknown[]) => unknown {
  const file = join(here, name);
  const cache = compileCache(name, process.env);
  const compiled = cache?.read();
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...(compiled && { cachedData: compiled.code }) });
  if (cache) {
    process.on('exit', () => {
      const kept = script.cachedDataRejected ? [] : (compiled?.parts ?? []);
      const parts = new Set([...kept, ...ran.keys()]);
      if (parts.size > kept.length) cache.write({ code: script.createCachedData(), parts: [...parts] });
    });
  }
  return script.runInThisContext();
}
