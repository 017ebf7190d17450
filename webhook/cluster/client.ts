import type { IncomingMessage, RequestOptions as NodeOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type { Answer, ApiServer, Method, RequestOptions } from './api-server.ts';
import type { Connection } from './connection.ts';
import { Unreachable } from './unreachable.ts';
import { watchLines } from './watch-lines.ts';

/** An API server over a connection, on Node's own HTTP. */
export function client(connection: Connection): ApiServer {
  return {
    url: connection.url,
    context: connection.context,
    request: (method, path, body, options = {}) => request(connection, method, path, body, options),
    watch: (path, signal) => watch(connection, path, signal),
  };
}

/** A server from which nothing comes for this long (milliseconds) is given up; the API server itself ends requests after 60 s. */
const SILENCE = 65_000;

async function request(
  connection: Connection,
  method: Method,
  path: string,
  body: unknown,
  { contentType = 'application/json', signal }: RequestOptions,
): Promise<Answer> {
  const response = await send(connection, {
    method,
    path,
    signal,
    ...(body !== undefined && { text: JSON.stringify(body), contentType }),
  });
  const { warning = '' } = response.headers;
  return {
    status: response.statusCode ?? 0,
    body: parsed(await textOf(response, connection, signal)),
    warnings: warningsIn(warning),
  };
}

async function* watch(connection: Connection, path: string, signal: AbortSignal): AsyncGenerator<unknown> {
  const response = await send(connection, { method: 'GET', path, signal });
  const { statusCode: code = 0 } = response;
  if (code !== 200) {
    const body = parsed(await textOf(response, connection, signal));
    yield { type: 'ERROR', object: isStatus(body) ? body : { kind: 'Status', code, message: String(body) } };
    return;
  }
  // A quiet watch is healthy: whoever watches knows how long bookmarks may be in coming.
  response.setTimeout(0);
  try {
    yield* watchLines(response);
  } catch (error) {
    throw failure(error, connection, signal);
  } finally {
    response.destroy();
  }
}

interface Sending {
  readonly method: Method;
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  readonly text?: string;
  readonly contentType?: string;
}

async function send(connection: Connection, sending: Sending): Promise<IncomingMessage> {
  const { headers, agent } = await connection.credentials();
  const { method, path, signal, text, contentType } = sending;
  const options: NodeOptions = {
    method,
    agent,
    timeout: SILENCE,
    headers: {
      accept: 'application/json',
      'user-agent': 'poolproof',
      ...headers,
      ...(text !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
    },
    ...(signal && { signal }),
  };
  const { request: open } = connection.url.startsWith('http:') ? http : https;
  return new Promise((answer, fail) => {
    const sent = open(`${connection.url}${path}`, options, answer);
    sent.on('timeout', () => sent.destroy(new Error('no answer came')));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection just as it was taken up again; nothing of a GET can have been done twice.
      if (method === 'GET' && sent.reusedSocket && error.code === 'ECONNRESET') send(connection, sending).then(answer, fail);
      else fail(failure(error, connection, signal));
    });
    sent.end(text);
  });
}

async function textOf(response: IncomingMessage, connection: Connection, signal: AbortSignal | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk);
  } catch (error) {
    throw failure(error, connection, signal);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failure(error: unknown, { url }: Connection, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof Unreachable || !(error instanceof Error)) return error;
  // Where a name has several addresses Node reports the failures together and leaves the message empty.
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  return new Unreachable(`${url}: ${first.message}`, { cause: error });
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}

/** `299 - "first", 299 - "second"`, as RFC 7234 has it; Node joins the headers by commas. */
function warningsIn(header: string): readonly string[] {
  const quoted = header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g);
  return Array.from(quoted, ([, text = '']) => text.replaceAll(/\\(.)/g, '$1'));
}

function isStatus(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'Status';
}
