import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Set by the build: a digest of the program, so that no version ever runs what another compiled. */
declare const POOLPROOF_DIGEST: string;

export interface Compiled {
  readonly code: Buffer;
  /** Parts of the program that have run: what V8 made of their functions is in it. */
  readonly parts: readonly string[];
}

export interface CompileCache {
  /** Undefined where there is none that can be trusted. */
  read(): Compiled | undefined;
  write(compiled: Compiled): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** For one script; undefined where the user wants none. A cache that cannot be read or written costs time and nothing else, so its errors are dropped. */
export function compileCache(script: string, environment: Environment): CompileCache | undefined {
  const folder = folderOf(environment);
  if (folder === undefined) return undefined;
  const name = `compiled-${POOLPROOF_DIGEST}-${process.version}-${process.arch}-${script}`;
  const file = join(folder, name);
  return {
    read: () => attempt(() => (isOwn(file) ? whole(readFileSync(file)) : undefined)),
    write: (compiled) => {
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // Renamed into its place, so that nobody ever reads half of it.
        const made = `${file}.${process.pid}`;
        writeFileSync(made, stored(compiled), { mode: 0o600 });
        renameSync(made, file);
        for (const other of readdirSync(folder)) {
          if (other.startsWith('compiled-') && !other.startsWith(`compiled-${POOLPROOF_DIGEST}-`)) rmSync(join(folder, other));
        }
      });
    },
  };
}

function folderOf(environment: Environment): string | undefined {
  const { POOLPROOF_COMPILE_CACHE: asked, NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, HOME, LOCALAPPDATA } = environment;
  if (asked === 'off' || NODE_DISABLE_COMPILE_CACHE) return undefined;
  if (asked) return asked;
  if (process.platform === 'win32') return LOCALAPPDATA && join(LOCALAPPDATA, 'poolproof');
  // Loaded only where nothing else says it.
  const home = HOME || attempt(() => process.getBuiltinModule('node:os').homedir());
  const cache = XDG_CACHE_HOME || (home && join(home, '.cache'));
  return cache && join(cache, 'poolproof');
}

/** What is read is run: root does not run what somebody else may have written. */
function isOwn(file: string): boolean {
  const { uid, mode } = statSync(file);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Bytes: what a disk loses, it loses by pages. */
const page = 4096;

/**
 * Code, parts, the length of these, and a sum over a word of every page: V8 itself does not look, and would crash over damaged code.
 * (For a checksum of its own Node.js would first load all its streams.)
 */
function stored({ code, parts }: Compiled): Buffer {
  const names = Buffer.from(parts.join());
  const length = Buffer.alloc(4);
  length.writeUInt32LE(names.length);
  const data = Buffer.concat([code, names, length]);
  return Buffer.concat([data, sumOf(data)]);
}

function whole(file: Buffer): Compiled | undefined {
  const data = file.subarray(0, -4);
  if (data.length < 4 || !sumOf(data).equals(file.subarray(-4))) return undefined;
  const end = data.length - 4;
  const start = end - data.readUInt32LE(end);
  return { code: data.subarray(0, start), parts: data.toString('utf8', start, end).split(',') };
}

function sumOf(data: Buffer): Buffer {
  let sum = data.length;
  for (let at = 0; at <= data.length - 4; at += page) sum = (Math.imul(sum, 31) + data.readInt32LE(at)) | 0;
  const kept = Buffer.alloc(4);
  kept.writeInt32LE(sum);
  return kept;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
