import { fstatSync, statSync, writeSync } from 'node:fs';

/** What commands see of standard output and standard error. */
export interface Outlet {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
}

/** An outlet of the process itself, which ends when all is written. */
export interface ProcessOutlet extends Outlet {
  /** Calls back when all is written; never if it could not be. */
  flushed(done: () => void): void;
}

type Failed = (error: NodeJS.ErrnoException) => void;

/**
 * A file or a pipe is written to directly: the stream that Node.js has for it takes longer to load than a short report to write.
 * `streamOf` gives that stream, for terminals and for whoever reads too slowly. A reader that has gone (`| head`) has seen enough;
 * any other error is for `failed`.
 */
export function outlet(descriptor: 1 | 2, streamOf: () => NodeJS.WriteStream, failed: Failed): ProcessOutlet {
  return isPlain(descriptor) ? new Direct(descriptor, streamOf, failed) : new Streamed(streamOf(), failed);
}

function isPlain(descriptor: number): boolean {
  // The console of Windows wants its own encoding, which the stream knows.
  if (process.platform === 'win32') return false;
  try {
    const about = fstatSync(descriptor);
    return !about.isCharacterDevice() || about.rdev === statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

class Streamed implements ProcessOutlet {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream, failed: Failed) {
    this.#stream = stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') failed(error);
    });
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    return this.#stream.columns ?? 80;
  }

  write(text: string | Buffer): void {
    this.#stream.write(text);
  }

  flushed(done: () => void): void {
    if (!this.#stream.errored) this.#stream.write('', () => done());
  }
}

class Direct implements ProcessOutlet {
  readonly isTTY = false;
  readonly columns = 80;
  readonly #descriptor: number;
  readonly #streamOf: () => NodeJS.WriteStream;
  readonly #failed: Failed;
  #rest: Streamed | undefined;
  #isShut = false;

  constructor(descriptor: number, streamOf: () => NodeJS.WriteStream, failed: Failed) {
    this.#descriptor = descriptor;
    this.#streamOf = streamOf;
    this.#failed = failed;
  }

  write(text: string): void {
    if (this.#isShut) return;
    if (this.#rest) this.#rest.write(text);
    else this.#put(Buffer.from(text));
  }

  flushed(done: () => void): void {
    if (this.#isShut) return;
    if (this.#rest) this.#rest.flushed(done);
    else done();
  }

  #put(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') {
        // Whoever handed the pipe over does not want to wait for its reader; the stream can.
        this.#rest = new Streamed(this.#streamOf(), this.#failed);
        this.#rest.write(bytes.subarray(written));
        return;
      }
      this.#isShut = true;
      if (code !== 'EPIPE') this.#failed(error as NodeJS.ErrnoException);
    }
  }
}
