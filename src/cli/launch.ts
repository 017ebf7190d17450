import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapCodeStatistics, getHeapStatistics } from 'node:v8';
import { Script } from 'node:vm';
import { compileCache } from './compile-cache.ts';

/** Bytes of bytecode: Node.js's own modules come to half of it, and more is worth keeping for the next run. */
const muchCompiled = 200_000;
/** Bytes. */
const largeHeap = 100_000_000;

/**
 * Starts the command line. Most of a short run would go into compiling, so what V8 compiled is kept for the next one. (Node.js can
 * do so itself from 22.1 on.)
 */
const here = import.meta.dirname;
const file = join(here, 'main.cjs');
const cache = compileCache(process.env);
const cachedData = cache?.read();
const script = new Script(readFileSync(file, 'latin1'), {
  filename: file,
  ...(cachedData && { cachedData }),
});
if (cache) {
  const isUseless = !cachedData || script.cachedDataRejected === true;
  const before = isUseless ? 0 : bytecode();
  process.on('exit', () => {
    // To count walks the whole heap, and of a run that filled a large one compiling is a small part.
    const isSmall = getHeapStatistics().used_heap_size < largeHeap;
    if (isUseless || (isSmall && bytecode() - before > muchCompiled)) cache.write(script.createCachedData());
  });
}
type Main = (require: NodeJS.Require, dirname: string, load: (module: string) => Promise<unknown>) => void;
(script.runInThisContext() as Main)(require, here, (module) => import(pathToFileURL(join(here, module)).href));

function bytecode(): number {
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}
