import { UsageError } from '../usage-error.ts';
import { MAX_BYTES } from './read-bytes.ts';

/** Everything on standard input. */
export async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > MAX_BYTES) throw new UsageError(`standard input is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  }
  return Buffer.concat(chunks);
}
