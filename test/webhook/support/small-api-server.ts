import type { Answer, ApiServer, Method } from '../../../webhook/cluster/api-server.ts';
import { Unreachable } from '../../../webhook/cluster/unreachable.ts';

interface Tree {
  metadata?: { name?: string; namespace?: string; resourceVersion?: string };
  [key: string]: unknown;
}

/**
 * As much of an API server as certificates ask for: objects by path, each write with a new resource version, refused where it
 * names an old one; JSON patches of `test` and `add`. What several callers do at once is decided in the order of their requests.
 */
export interface SmallApiServer extends ApiServer {
  readonly objects: Map<string, Tree>;
  /** Those that were granted, `PUT /api/…`. */
  readonly writes: readonly string[];
  /** Whether anybody gets an answer. */
  isDown: boolean;
  /** Status by method and path, for what is refused. */
  readonly refusals: Map<string, number>;
}

export function smallApiServer(): SmallApiServer {
  const objects = new Map<string, Tree>();
  const writes: string[] = [];
  const refusals = new Map<string, number>();
  let version = 1000;
  const stored = (method: Method, path: string, object: Tree): Answer => {
    const metadata = { ...object.metadata, resourceVersion: String(++version) };
    writes.push(`${method} ${path}`);
    objects.set(path, structuredClone({ ...object, metadata }));
    return { status: 200, body: structuredClone(objects.get(path)), warnings: [] };
  };
  const versionOf = (object: unknown): unknown => (object as Tree).metadata?.resourceVersion;

  const answer = (method: Method, path: string, body: unknown): Answer => {
    const refusal = refusals.get(`${method} ${path}`);
    if (refusal !== undefined) return failure(refusal, 'not today');
    const known = objects.get(path);
    if (method === 'GET') return known ? { status: 200, body: structuredClone(known), warnings: [] } : failure(404, 'not found');
    if (method === 'POST') {
      const place = `${path}/${(body as Tree).metadata?.name}`;
      return objects.has(place) ? failure(409, 'already exists') : { ...stored(method, place, body as Tree), status: 201 };
    }
    if (!known) return failure(404, 'not found');
    if (method === 'PUT')
      return versionOf(body) === versionOf(known) ? stored(method, path, body as Tree) : failure(409, 'was changed');
    const patched = structuredClone(known);
    for (const { op, path: at, value } of body as readonly { op: string; path: string; value: unknown }[]) {
      const keys = at.split('/').slice(1);
      const last = keys.pop() ?? '';
      const holder = keys.reduce<Tree>((tree, key) => tree[key] as Tree, patched);
      if (op === 'test' && holder[last] !== value) return failure(422, 'the test failed');
      if (op === 'add') holder[last] = value;
    }
    return stored(method, path, patched);
  };
  const server: SmallApiServer = {
    objects,
    writes,
    refusals,
    isDown: false,
    url: 'memory:',
    context: undefined,
    request: async (method, path, body) => {
      // Callers overtake each other here, as they do on a network.
      await new Promise((resolve) => setImmediate(resolve));
      if (server.isDown) throw new Unreachable('connection refused');
      return answer(method, path, structuredClone(body));
    },
    watch: async function* () {},
  };
  return server;
}

function failure(status: number, message: string): Answer {
  return { status, body: { kind: 'Status', code: status, message }, warnings: [] };
}
