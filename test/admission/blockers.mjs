// Reviews as large as they come, straight to the replicas.
import { Agent, request } from 'node:https';
import { pool } from './hook.mjs';

/** A review of 17 MB: what the API server makes of 2.9 MB of text that it has to escape. */
export function hugeReview() {
  const text = '\\u003c'.repeat(2_900_000);
  const object = JSON.stringify(pool('huge', {}, { annotations: { note: 'NOTE' } })).replace('NOTE', text);
  return Buffer.from(
    `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"huge","kind":{"group":"karpenter.sh","version":"v1","kind":"NodePool"},"resource":{"group":"karpenter.sh","version":"v1","resource":"nodepools"},"name":"huge","operation":"CREATE","userInfo":{"username":"a"},"object":${object},"oldObject":null,"dryRun":true}}`,
  );
}

/** Sends such reviews one after the other for some time; answers how many were answered. */
export async function blockers(replicas, authority, milliseconds) {
  const body = hugeReview();
  const end = Date.now() + milliseconds;
  const agent = new Agent({ ca: authority, keepAlive: true });
  let count = 0;
  await Promise.all(
    replicas.map(async ({ port }) => {
      while (Date.now() < end) if ((await post(port, body, agent)).status === 200) count++;
    }),
  );
  agent.destroy();
  return count;
}

export function post(port, body, agent, path = '/validate/nodepools?timeout=30s') {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
