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

/** Reads to the end in any case, so that the caller is there to hear the answer. Rejects if he goes away. */
export async function readBody(stream: AsyncIterable<Buffer>, announced: number, budget: ByteBudget): Promise<Body> {
  const hold = new Hold(budget);
  const chunks: Buffer[] = [];
  let length = 0;
  let why: 'too-large' | 'no-memory' | undefined;
  const refuse = (reason: NonNullable<typeof why>): void => {
    why ??= reason;
    hold.release();
    const head = Buffer.concat(chunks).subarray(0, HEAD);
    chunks.splice(0, chunks.length, Buffer.from(head));
  };
  if (announced > MOST_BODY) refuse('too-large');
  else if (!hold.covers(announced)) refuse('no-memory');
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > MOST_DRAINED) throw new Error(`more than ${MOST_DRAINED} bytes`);
      if (!why && length > MOST_BODY) refuse('too-large');
      if (!why && !hold.covers(length)) refuse('no-memory');
      if (!why || length - chunk.length < HEAD) chunks.push(why ? chunk.subarray(0, HEAD) : chunk);
    }
  } catch (error) {
    hold.release();
    throw error;
  }
  const bytes = Buffer.concat(chunks);
  if (why) return { kind: 'refused', why, head: bytes.toString('utf8', 0, HEAD) };
  return { kind: 'read', bytes, release: hold.release };
}

/** The uid in the beginning of a review whose end was not kept. */
export function uidIn(head: string): string | undefined {
  return /"request"\s*:\s*\{\s*"uid"\s*:\s*"([\w-]{1,64})"/.exec(head)?.[1];
}
