import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** Reasons against something, none if all is well. */
export type Objections = () => readonly string[];

/** Plain HTTP for the kubelet and Prometheus: nobody there speaks our certificate. */
export function sidePort(registry: Registry, health: { readonly live: Objections; readonly ready: Objections }): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 });
  const tell = (path: string, objections: Objections): void => {
    app.get(path, async (_request, reply) => {
      const found = objections();
      void reply.code(found.length === 0 ? 200 : 503).type('text/plain');
      return found.length === 0 ? 'ok\n' : `${found.join('\n')}\n`;
    });
  };
  tell('/healthz', health.live);
  tell('/readyz', health.ready);
  app.get('/metrics', async (_request, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
  return app;
}
