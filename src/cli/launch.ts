import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { type CompileCache, type Compiled, compileCache } from './compile-cache.ts';

/** Bytes of bytecode: Node.js's own modules come to half of it, and more is worth keeping for the next run. */
const muchCompiled = 200_000;
/** Microseconds of CPU: what takes longer may have compiled much. To count walks the whole heap, and loads the streams of Node.js. */
const longRun = 300_000;
/** Bytes: too much to walk, and of a run that filled it compiling is a small part. */
const largeHeap = 100_000_000;

/**
 * Starts the command line. Most of a short run would go into compiling, so what V8 compiled is kept for the next one. (Node.js can
 * do so itself from 22.1 on.)
 */
const here = import.meta.dirname;
const load = (module: string): Promise<unknown> => import(pathToFileURL(join(here, module)).href);
scriptIn('main.cjs')(require, here, load, scriptIn);

/** The function that a script of this folder is. */
function scriptIn(name: string): (...given: readonly unknown[]) => unknown {
  const file = join(here, name);
  const cache = compileCache(name, process.env);
  const compiled = cache?.read();
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...(compiled && { cachedData: compiled.code }) });
  if (cache) process.on('exit', () => keep(script, compiled, cache));
  return script.runInThisContext();
}

function keep(script: Script, compiled: Compiled | undefined, cache: CompileCache): void {
  const isUseless = compiled === undefined || script.cachedDataRejected === true;
  const { user, system } = process.cpuUsage();
  if (!isUseless && user + system < longRun) return;
  const v8 = process.getBuiltinModule('node:v8');
  if (!isUseless && v8.getHeapStatistics().used_heap_size > largeHeap) return;
  const bytecode = v8.getHeapCodeStatistics().bytecode_and_metadata_size;
  if (isUseless || bytecode - compiled.bytecode > muchCompiled) cache.write({ code: script.createCachedData(), bytecode });
}
