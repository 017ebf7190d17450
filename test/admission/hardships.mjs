// What the server bears: connections, overload, strangers at its port; and what the cluster bears without it.
import { mkdtempSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { hugeReview, post } from './blockers.mjs';
import { configurations, pool, wrong } from './hook.mjs';
import { pathOf, until } from './lab.mjs';
import { metric, mount, serve } from './serving.mjs';

const pools = pathOf('NodePool');
const merge = { 'content-type': 'application/merge-patch+json' };

export async function hardships(world) {
  for (const part of [metrics, connections, overload]) await part(world);
}

/** Rows 9 and 36. */
async function metrics({ check, replica }) {
  check(
    (await metric(replica, 'poolproof_certificate_expiry_seconds', 'which="leaf"')) > 0,
    'row 9: the life that the certificate has left is a metric',
  );
  const { text } = await replica.ask('/metrics');
  check(
    /poolproof_informer_last_event_seconds\{kind="NodePool"\} [\d.]+/.test(text),
    'row 36: so is the age of what is known of the cluster',
  );
}

/** Rows 6 and 7. */
async function connections({ check, replica, authority }) {
  const protocol = await new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: replica.port, ca: authority, ALPNProtocols: ['h2', 'http/1.1'] }, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    });
    socket.on('error', reject);
  });
  check(protocol === 'http/1.1', 'row 6: whoever offers HTTP/2 gets HTTP/1.1', protocol);
  const agent = new Agent({ ca: authority, keepAlive: true });
  const { headers } = await post(replica.port, Buffer.from('{}'), agent);
  agent.destroy();
  check(
    Number(/timeout=(\d+)/.exec(headers['keep-alive'])?.[1]) > 90,
    "row 7: connections are kept longer than the API server's 90 s",
    headers,
  );
}

/** Rows 24, 26 and 32: one at a time, none waiting. */
async function overload({ check, program, tls, authority }) {
  const config = mkdtempSync(join(tmpdir(), 'poolproof-config-'));
  mount(config, { 'poolproof.yaml': 'admission: { mode: enforce }\n' });
  const narrow = await serve({
    program,
    tls,
    config,
    flags: ['--snapshot', 'none', '--max-in-flight', '1', '--max-queued', '0'],
  });
  const agent = new Agent({ ca: authority, keepAlive: true, maxSockets: 32 });
  try {
    const body = hugeReview();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(narrow.port, body, agent)));
    const statuses = answers.map(({ status }) => status);
    check(
      statuses.every((status) => status === 200 || status === 503),
      'row 24: eight reviews of 17 MB at a time are answered or turned away',
      statuses,
    );
    check(
      answers.every(({ headers }) => headers['retry-after'] === undefined),
      'row 32: nobody is told to come again',
    );
    check((await narrow.ask('/healthz')).code === 200, 'row 24: the replica lives on');
    const { status } = await post(narrow.port, Buffer.from(JSON.stringify({ apiVersion: 'x' })), agent);
    check(status === 400, 'row 26: what is no review is refused at once', status);
  } finally {
    agent.destroy();
    await narrow.stop();
  }
}

/** Rows 1, 2, 4 and 26, with nobody behind a webhook that must answer. */
export async function dead({ lab, check }) {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker' } };
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'worker' } };
  const claim = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodeClaim',
    metadata: { name: 'claim' },
    spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] },
  };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
  const objects = [
    ['/api/v1/nodes', node],
    ['/apis/coordination.k8s.io/v1/namespaces/default/leases', lease],
    ['/api/v1/namespaces/default/configmaps', config],
    ['/apis/karpenter.sh/v1/nodeclaims', claim],
  ];
  for (const [path, object] of objects) {
    const { code, body } = await lab.call('POST', `${path}?dryRun=All`, object);
    check(code === 201, `row 1: with a dead webhook that must answer, a ${object.kind} is created`, body.message);
  }
  const status = { status: { resources: { cpu: '2' } } };
  check((await lab.call('PATCH', `${pools}/static/status`, status, merge)).code === 200, 'row 2: Karpenter writes status');
  const hash = { metadata: { annotations: { 'karpenter.sh/nodepool-hash': '1' } } };
  check((await lab.call('PATCH', `${pools}/static`, hash, merge)).code === 200, 'row 2: … and its annotations');
  check((await lab.call('DELETE', `${pools}/static`)).code === 200, 'row 2: a pool is deleted');
  const answer = await lab.call('POST', `${pools}?dryRun=All`, pool('new'));
  check(
    answer.code === 500 && /nodepools\.poolproof\.dev/.test(answer.body.message),
    'row 34: what is held up says by whom',
    answer.body.message,
  );
  check(/connection refused/.test(answer.body.message), 'row 26: … and does not wait, where nobody listens', answer.body.message);
  check(
    (await lab.call('DELETE', `${configurations}/poolproof`)).code === 200,
    'row 4: the webhook configuration can be deleted',
  );
  await until(async () => (await lab.call('POST', `${pools}?dryRun=All`, pool('new'))).code === 201, 'pools pass');
  check(true, 'row 1: after which pools pass again');
}

/** Row 27: whoever reaches the port learns nothing and breaks nothing. */
export async function strangers({ check, replica, authority, dry }) {
  const agent = new Agent({ ca: authority, keepAlive: true });
  const secret = 'hunter2-hunter2';
  const bodies = [
    '',
    '[]',
    'null',
    '{"kind":"AdmissionReview"}',
    `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"a","object":"${secret}"}}`,
    '{'.repeat(200_000),
  ];
  for (const body of bodies) {
    const { status, text } = await post(replica.port, Buffer.from(body), agent);
    check(
      [200, 400].includes(status) && !text.includes(secret),
      `row 27: ${JSON.stringify(body.slice(0, 40))} gets a plain answer`,
      { status, text },
    );
  }
  for (const path of ['/', '/validate/secrets', '/metrics', '/validate/../healthz'])
    check((await post(replica.port, Buffer.from('{}'), agent, path)).status === 404, `row 27: ${path} is not there`);
  agent.destroy();
  check((await dry(pool('probe', wrong))).code === 422, 'row 27: and the API server is answered as before');
  check(!replica.output().includes(secret), 'row 27: nothing of an object is in the log');
}
