import type { Readable } from 'node:stream';

/** The largest review that an API server can make is about 20 MB: 3 MiB of object, escaped, and the stored one. */
export const MOST_BODY: number = 24 * 1024 * 1024;

/** Beyond this nobody reads on, not even to throw it away. */
const MOST_DRAINED = 128 * 1024 * 1024;

/** Enough of a body to see the uid in it: the API server writes it first. */
const HEAD = 4096;

/** A body as it came in: read, or passed over with only its head kept. */
export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer; release(): void }
  | { readonly kind: 'refused'; readonly why: 'too-large' | 'no-memory'; readonly head: string };

/** Bytes of bodies that may be held at one time. */
export interface ByteBudget {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function byteBudget(most: number): ByteBudget {
  let held = 0;
  return {
    take: (bytes) => {
      if (held + bytes > most) return false;
      held += bytes;
      return true;
    },
    give: (bytes) => {
      held -= bytes;
    },
  };
}

/** What one body holds of the budget while it is read. */
class Hold {
  readonly #budget: ByteBudget;
  #held = 0;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  /** Whether so many bytes in all are granted. */
  covers(bytes: number): boolean {
    const more = bytes - this.#held;
    if (more > 0 && !this.#budget.take(more)) return false;
    this.#held = Math.max(this.#held, bytes);
    return true;
  }

  readonly release = (): void => {
    this.#budget.give(this.#held);
    this.#held = 0;
  };
}

/**
 * Reads to the end in any case, so that the caller is there to hear the answer. Rejects if he goes away. By events and not by
 * `for await`, which costs a small review as much as all else that is done to read it.
 */
export async function readBody(stream: Readable, announced: number, budget: ByteBudget): Promise<Body> {
  const body = new Incoming(announced, budget);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      body.forget();
      reject(error);
    };
    stream.on('data', (chunk: Buffer) => {
      if (!body.take(chunk)) stream.destroy(new Error(`more than ${MOST_DRAINED} bytes`));
    });
    stream.once('end', () => resolve(body.done()));
    stream.once('error', fail);
    stream.once('close', () => {
      if (!stream.readableEnded) fail(new Error('the caller went away'));
    });
  });
}

/** A body of which some has come. */
class Incoming {
  readonly #hold: Hold;
  #chunks: Buffer[] = [];
  #length = 0;
  #why: 'too-large' | 'no-memory' | undefined;

  constructor(announced: number, budget: ByteBudget) {
    this.#hold = new Hold(budget);
    if (announced > MOST_BODY) this.#refuse('too-large');
    else if (!this.#hold.covers(announced)) this.#refuse('no-memory');
  }

  /** Whether it is worth to read on. */
  take(chunk: Buffer): boolean {
    const before = this.#length;
    this.#length += chunk.length;
    if (this.#length > MOST_DRAINED) return false;
    if (!this.#why && this.#length > MOST_BODY) this.#refuse('too-large');
    if (!this.#why && !this.#hold.covers(this.#length)) this.#refuse('no-memory');
    if (!this.#why) this.#chunks.push(chunk);
    else if (before < HEAD) this.#chunks.push(chunk.subarray(0, HEAD));
    return true;
  }

  done(): Body {
    const [only] = this.#chunks;
    const bytes = only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
    if (this.#why) return { kind: 'refused', why: this.#why, head: bytes.toString('utf8', 0, HEAD) };
    return { kind: 'read', bytes, release: this.#hold.release };
  }

  forget(): void {
    this.#hold.release();
  }

  /** Only the head is kept, and nothing of the budget. */
  #refuse(why: 'too-large' | 'no-memory'): void {
    this.#why ??= why;
    this.#hold.release();
    const head = Buffer.concat(this.#chunks).subarray(0, HEAD);
    this.#chunks = [Buffer.from(head)];
  }
}

/** The uid in the beginning of a review whose end was not kept. */
export function uidIn(head: string): string | undefined {
  return /"request"\s*:\s*\{\s*"uid"\s*:\s*"([\w-]{1,64})"/.exec(head)?.[1];
}
