// Stands between the API server and the replicas as a Service does: TCP, whole connections, to whoever is among the endpoints.
import { connect, createServer } from 'node:net';

export async function balancer() {
  const endpoints = [];
  const open = new Map();
  let turn = 0;
  const server = createServer((client) => {
    const port = endpoints[turn++ % Math.max(endpoints.length, 1)];
    if (port === undefined) {
      client.destroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    count(port, 1);
    client.on('close', () => count(port, -1));
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  const count = (port, by) => open.set(port, (open.get(port) ?? 0) + by);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    endpoints,
    /** How many connections lead to a replica now. */
    open: ({ port }) => open.get(port) ?? 0,
    add: ({ port }) => endpoints.push(port),
    /** Open connections live on, as they do when a pod leaves its Service. */
    remove: ({ port }) => {
      const at = endpoints.indexOf(port);
      if (at !== -1) endpoints.splice(at, 1);
    },
    close: () => server.close(),
  };
}
