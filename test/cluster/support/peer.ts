import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Respond = (response: ServerResponse, url: URL, request: IncomingMessage) => void;

/** A server on loopback that behaves like an API server until a test tells it to misbehave. */
export interface Peer {
  readonly url: string;
  /** Every request so far, `GET /apis/…?…`, and when it came (milliseconds). */
  readonly requests: readonly { readonly line: string; readonly at: number }[];
  /** What stands in a collection; one that is not set is not served. */
  serve(path: string, items: readonly object[], resourceVersion?: string): void;
  /** Answers the next requests of that sort differently, each once, in the order given. */
  next(sort: 'list' | 'watch', path: string, ...answers: readonly Respond[]): void;
  /** The watches of a collection that are open now, to write events into. */
  watches(path: string): readonly ServerResponse[];
  /** Writes an event to every open watch of a collection. */
  tell(path: string, type: string, object: object): void;
  close(): Promise<void>;
}

export async function peer(): Promise<Peer> {
  const requests: { line: string; at: number }[] = [];
  const collections = new Map<string, { items: readonly object[]; resourceVersion: string }>();
  const scripted = new Map<string, Respond[]>();
  const open = new Map<string, Set<ServerResponse>>();

  const ordinary: Respond = (response, { pathname, searchParams }) => {
    const collection = collections.get(pathname);
    if (!collection) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
    if (searchParams.has('watch')) return hold(pathname, response);
    const start = Number(searchParams.get('continue') ?? 0);
    const end = start + Number(searchParams.get('limit') ?? 1e9);
    const { items, resourceVersion } = collection;
    const more = end < items.length ? String(end) : '';
    answer(response, 200, { metadata: { resourceVersion, continue: more }, items: items.slice(start, end) });
  };
  const hold = (path: string, response: ServerResponse): void => {
    const held = open.get(path) ?? new Set();
    open.set(path, held.add(response));
    response.on('close', () => held.delete(response));
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer');
    requests.push({ line: `${request.method} ${request.url}`, at: performance.now() });
    const sort = url.searchParams.has('watch') ? 'watch' : 'list';
    const special = scripted.get(`${sort} ${url.pathname}`)?.shift();
    (special ?? ordinary)(response, url, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    serve: (path, items, resourceVersion = '100') => void collections.set(path, { items, resourceVersion }),
    next: (sort, path, ...answers) => {
      const key = `${sort} ${path}`;
      scripted.set(key, [...(scripted.get(key) ?? []), ...answers]);
    },
    watches: (path) => [...(open.get(path) ?? [])],
    tell: (path, type, object) => {
      for (const response of open.get(path) ?? []) response.write(`${JSON.stringify({ type, object })}\n`);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function status(code: number, message: string): Respond {
  return (response) => answer(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message });
}

/** A watch that says exactly this and then ends in good order. */
export function saying(text: string): Respond {
  return (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

/** A watch that says this and whose connection then breaks. */
export function breakingAfter(text: string): Respond {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(text, () => response.destroy());
  };
}

export function event(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

export function bookmark(resourceVersion: string): string {
  return event('BOOKMARK', { kind: 'NodePool', metadata: { resourceVersion } });
}

export function pool(name: string, resourceVersion: string, more: object = {}): object {
  return { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name, resourceVersion }, ...more };
}
