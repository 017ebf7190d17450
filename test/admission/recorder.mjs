// Passes reviews on to a replica and keeps what was asked and answered.
import { Agent, createServer, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

export async function recorder(pair, authority) {
  const kept = [];
  const agent = new Agent({ keepAlive: true, ca: authority });
  let to = 0;
  const server = createServer({ key: pair.key, cert: pair.certificate }, async (asked, answered) => {
    const body = await buffer(asked);
    const options = { port: to, host: '127.0.0.1', path: asked.url, method: asked.method, headers: asked.headers, agent };
    const upstream = request(options, async (response) => {
      const answer = await buffer(response);
      kept.push({ path: asked.url, review: JSON.parse(body), status: response.statusCode, answer: JSON.parse(answer) });
      answered.writeHead(response.statusCode, response.headers).end(answer);
    });
    upstream.on('error', () => asked.destroy());
    upstream.end(body);
  });
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    kept,
    pointTo: ({ port }) => {
      to = port;
    },
    close: () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
