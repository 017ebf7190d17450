import type { Server } from 'node:https';
import type { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Admission } from './admission.ts';
import { type ByteBudget, byteBudget, readBody } from './body.ts';
import type { KeyPair } from './certificates/key-pair.ts';
import { connectionsOf } from './connections.ts';
import { noteUnreadable } from './note.ts';
import { reviewRoute } from './review-route.ts';
import { withoutVerdict } from './without-verdict.ts';

export const routes = ['nodepools', 'ec2nodeclasses', 'nodeoverlays', 'nodepools-scale'] as const;

/** Held at a time by all bodies together. */
const MOST_BYTES = 96 * 1024 * 1024;

/** The API server keeps idle connections for 90 s; whoever closes first loses the calls that are just on their way. */
const KEEP_ALIVE = 120_000;

export interface ReviewServer {
  readonly app: FastifyInstance<Server>;
  /** New connections get this certificate; open ones live on. Throws if key and certificate do not fit, and changes nothing. */
  present(pair: KeyPair): void;
  /** From now on each answer asks its client to connect anew, elsewhere. */
  sendAway(): void;
  /** Answers what was asked, then ends all connections and the server. */
  close(): Promise<void>;
}

/** HTTPS/1.1 for the API server; not listening yet. */
export function reviewServer(pair: KeyPair, admission: Admission): ReviewServer {
  let isSendingAway = false;
  const secure = (each: KeyPair) => ({ key: each.key, cert: each.certificate, minVersion: 'TLSv1.2' as const });
  const app = Fastify({
    https: secure(pair),
    keepAliveTimeout: KEEP_ALIVE,
    requestTimeout: 10_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: false,
    logger: false,
  });
  app.server.headersTimeout = KEEP_ALIVE + 5_000;
  const connections = connectionsOf(app.server);
  accept(app, byteBudget(MOST_BYTES));
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isSendingAway) void reply.header('connection', 'close');
    done(null, payload);
  });
  app.setErrorHandler(async (error: Error, _request, reply) => {
    noteUnreadable(admission);
    admission.log.debug({ err: error }, 'a request could not be read');
    const { status, type, body } = withoutVerdict(undefined, 'the request could not be read', 400, admission.standing().policy);
    void reply.code(status).type(type);
    return body;
  });
  for (const route of routes) app.post(`/validate/${route}`, reviewRoute(admission));
  return {
    app,
    present: (next) => {
      app.server.setSecureContext(secure(next));
    },
    sendAway: () => {
      isSendingAway = true;
    },
    close: async () => {
      const closed = app.close();
      await connections.hangUp();
      await closed;
    },
  };
}

/** Bodies of any type are read as bytes: the parser of the framework refuses keys such as `__proto__`, which may be an AWS tag. */
function accept(app: FastifyInstance<Server>, budget: ByteBudget): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: { headers: Readonly<Record<string, unknown>> }, payload: Readable) =>
    readBody(payload, Number(request.headers['content-length'] ?? 0) || 0, budget),
  );
}
