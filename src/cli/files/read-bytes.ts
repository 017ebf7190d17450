import { closeSync, openSync, readSync } from 'node:fs';

/** No manifest needs more: a text of the size that the parser takes has at most three bytes a unit. */
export const MAX_BYTES: number = 72 * 1024 * 1024;

export type Reading = { readonly bytes: Buffer } | { readonly fault: string };

/** One buffer for all files: they are decoded before the next is read, and the system calls of `readFileSync` are saved. */
let shared = Buffer.allocUnsafeSlow(256 * 1024);

/** The bytes of a file, valid until the next call, or why they cannot be had. */
export function readBytes(path: string): Reading {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    return { fault: faultOf(error) };
  }
  try {
    return readAll(descriptor);
  } catch (error) {
    return { fault: faultOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

function readAll(descriptor: number): Reading {
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    if (count === 0) return { bytes: shared.subarray(0, length) };
    length += count;
    if (length > MAX_BYTES) return { fault: `is larger than ${MAX_BYTES / 1024 / 1024} MiB` };
    if (length === shared.length) shared = Buffer.concat([shared], length * 2);
  }
}

/** What the system says of a file, in words; anything but a system error is a bug. */
export function faultOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return faults[code] ?? `cannot be read (${code})`;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
    ? error.code
    : undefined;
}

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: operation not permitted',
  EISDIR: 'is a folder',
  ENOTDIR: 'does not exist: a part of its path is a file',
  ELOOP: 'is a symbolic link that leads to itself',
  EMFILE: 'cannot be read: too many open files',
};
