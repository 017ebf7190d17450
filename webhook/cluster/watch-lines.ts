import { StringDecoder } from 'node:string_decoder';
import { Unreachable } from './unreachable.ts';

/** An event holds one object; the API server stores none above 3 MiB, and escaping makes six bytes of one at most. */
const LONGEST = 20 * 1024 * 1024;

/** The JSON values of a stream, one a line. What follows the last line break was cut off and is dropped: it will be told again. */
export async function* watchLines(stream: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield eventOf(line);
    if (rest.length > LONGEST) throw new Unreachable('the watch sends a line without end');
  }
}

function eventOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Unreachable(`the watch sends what is not JSON: ${error.message}`);
  }
}
