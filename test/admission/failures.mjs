// The ways in which admission webhooks have failed elsewhere, one by one, with what happens here instead.
import { mkdtempSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { hugeReview, post } from './blockers.mjs';
import { kubectlOf } from './contract.mjs';
import { configurations, hookBy, install, nodeClass, pool, remove, rendered, wrong } from './hook.mjs';
import { clear, pathOf, until, warningsOf } from './lab.mjs';
import { selfManaged } from './self-managed.mjs';
import { metric, mount, serve } from './serving.mjs';

const pools = pathOf('NodePool');
const merge = { 'content-type': 'application/merge-patch+json' };

export async function failures(world) {
  const { lab, check, program, tls, authority } = world;
  const config = mkdtempSync(join(tmpdir(), 'poolproof-config-'));
  const configure = (admission) => mount(config, { 'poolproof.yaml': JSON.stringify({ admission }) });
  configure({ mode: 'enforce' });
  await clear(lab);
  await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
  await lab.call('POST', pools, pool('doubtful', wrong, { finalizers: ['example.com/hold'] }));
  const replica = await serve({ program, tls, config, flags: ['--kubeconfig', lab.kubeconfig] });
  const dry = (object) => lab.call('POST', `${pools}?dryRun=All`, object);
  const isDenied = async () => (await dry(pool('probe', wrong))).code === 422;
  const around = { ...world, replica, dry, kubectl: kubectlOf(lab), configure };
  try {
    await install(lab, hookBy({ port: replica.port, authority, failurePolicy: 'Fail', timeoutSeconds: 15 }), isDenied);
    for (const part of [alreadyBad, texts, largeReview, oddKeys, subresource, dryRuns, metrics, connections]) await part(around);
    await overload(around);
    await install(
      lab,
      hookBy({ port: 1, authority, failurePolicy: 'Fail' }),
      async () => (await dry(pool('probe'))).code === 500,
    );
    await dead(around);
    await install(lab, hookBy({ port: replica.port, authority, failurePolicy: 'Fail', timeoutSeconds: 15 }), isDenied);
    await strangers(around);
  } finally {
    await remove(lab);
    await replica.stop();
    await clear(lab);
  }
  certificateThatDoesNotFit(await pageOf(world, config), check);
  templates(check);
  await selfManaged({ ...world, config });
}

/** Row 19. */
async function alreadyBad({ lab, check }) {
  const patch = (body) => lab.call('PATCH', `${pools}/doubtful`, body, merge);
  check((await patch({ spec: { weight: 3 } })).code === 200, 'row 19: an object that was wrong before can be changed');
  check((await patch({ metadata: { annotations: { a: 'b' } } })).code === 200, 'row 19: … and annotated');
  check((await lab.call('DELETE', `${pools}/doubtful`)).code === 200, 'row 19: … and deleted');
  check((await patch({ spec: { weight: 4 } })).code === 200, 'row 19: … and changed while it is deleted');
  check((await patch({ metadata: { finalizers: null } })).code === 200, 'row 19: its finalizer can be taken away');
  check((await lab.call('GET', `${pools}/doubtful`)).code === 404, 'row 19: and then it is gone');
}

/** Rows 33 and 34. */
async function texts({ kubectl, check, dry, configure, replica }) {
  const lines = (await kubectl(['create', '--dry-run=server', '-f', '-'], pool('new', wrong))).err;
  check(
    /The NodePool "new" is invalid: .*spec\.template\.spec\.expireAfter: .*poolproof: expire-after-zero: /s.test(lines),
    'row 33: kubectl shows field, rule and name',
    lines,
  );
  await changed(replica, () => configure({ mode: 'enforce', denyFormat: 'message' }));
  const plain = (await kubectl(['create', '--dry-run=server', '-f', '-'], pool('new', wrong))).err;
  check(
    /admission webhook "nodepools\.poolproof\.dev" denied the request: .*poolproof: expire-after-zero: /s.test(plain),
    'row 34: as one message it names the webhook of the kind',
    plain,
  );
  await changed(replica, () => configure({ mode: 'warn' }));
  const said = warningsOf(
    await dry(
      pool('new', {
        node: {
          ...wrong.node,
          taints: [
            { key: 'a', value: 'b', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoSchedule' },
          ],
        },
      }),
    ),
  );
  check(
    said.length >= 2 && said.every((text) => text.startsWith('poolproof: ') && text.length <= 200),
    'row 33: each warning is one short line',
    said,
  );
  const crowded = {
    disruption: { consolidateAfter: '0s', budgets: Array.from({ length: 40 }, (_, at) => ({ nodes: `${at}`, reasons: [] })) },
  };
  const many = warningsOf(await dry(pool('new', crowded)));
  check(
    many.length <= 10 && /and \d+ more/.test(many.at(-1)),
    'row 33: of many findings the answer has ten lines, and says so',
    many,
  );
  await changed(replica, () => configure({ mode: 'enforce' }));
}

/** Rows 29 and 28: what the API server makes of characters that it escapes. */
async function largeReview({ lab, check, replica }) {
  const note = '<'.repeat(2_600_000);
  const answer = await lab.call('POST', `${pools}?dryRun=All`, pool('large', wrong, { annotations: { note } }));
  // Annotations have a limit of their own, which the API server names before it asks anybody.
  check(answer.code === 422, "row 29: a text of 2.6 MB in an annotation is the API server's to refuse");
  const userData = '<'.repeat(2_600_000);
  const large = await lab.call(
    'POST',
    `${pathOf('EC2NodeClass')}?dryRun=All`,
    nodeClass('large', { userData, role: 'arn:aws:iam::1:role/x' }),
  );
  check(
    large.code === 422 && /role-is-arn/.test(large.body.message),
    'row 29: a review of 15 MB is judged',
    large.body.message?.slice(0, 200),
  );
  check((await metric(replica, 'poolproof_body_bytes_sum')) > 15_000_000, 'row 29: … and was that large');
}

/** Row 30. */
async function oddKeys({ check, lab }) {
  const tags = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
  const answer = await lab.call(
    'POST',
    `${pathOf('EC2NodeClass')}?dryRun=All`,
    nodeClass('odd', { tags, role: 'arn:aws:iam::1:role/x' }),
  );
  check(answer.code === 422 && /role-is-arn/.test(answer.body.message), 'row 30: a tag __proto__ is a tag', answer.body.message);
}

/** Row 31. */
async function subresource({ check, lab, kubectl, replica, configure }) {
  await lab.call('POST', pools, pool('static', { replicas: 20, limits: { nodes: '100' } }));
  await until(async () => {
    const { code } = await lab.call('PATCH', `${pools}/static?dryRun=All`, { spec: { replicas: 19 } }, merge);
    return code === 200;
  }, 'the static pool');
  await changed(replica, () => configure({ mode: 'warn' }));
  await until(
    async () =>
      /budget-percent-of-few/.test((await kubectl(['scale', 'nodepool', 'static', '--replicas', '3', '--dry-run=server'])).err),
    'row 31',
  ).catch(() => undefined);
  const said = (await kubectl(['scale', 'nodepool', 'static', '--replicas', '3', '--dry-run=server'])).err;
  check(/poolproof: budget-percent-of-few/.test(said), 'row 31: kubectl scale is judged', said);
  await changed(replica, () => configure({ mode: 'enforce' }));
}

/** Row 37. */
async function dryRuns({ lab, check }) {
  const { body } = await lab.call('GET', `${configurations}/poolproof`);
  check(
    body.webhooks.every(({ sideEffects }) => sideEffects === 'None'),
    'row 37: no entry has side effects',
  );
  check((await lab.call('POST', `${pools}?dryRun=All`, pool('sound'))).code === 201, 'row 37: a rehearsal passes');
  check((await lab.call('GET', `${pools}/sound`)).code === 404, 'row 37: … and leaves nothing');
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
async function dead({ lab, check }) {
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
  const began = performance.now();
  const answer = await lab.call('POST', `${pools}?dryRun=All`, pool('new'));
  check(
    answer.code === 500 && /nodepools\.poolproof\.dev/.test(answer.body.message),
    'row 34: what is held up says by whom',
    answer.body.message,
  );
  check(performance.now() - began < 3000, 'row 26: … and at once, where nobody listens');
  check(
    (await lab.call('DELETE', `${configurations}/poolproof`)).code === 200,
    'row 4: the webhook configuration can be deleted',
  );
  await until(async () => (await lab.call('POST', `${pools}?dryRun=All`, pool('new'))).code === 201, 'pools pass');
  check(true, 'row 1: after which pools pass again');
}

/** Row 27: whoever reaches the port learns nothing and breaks nothing. */
async function strangers({ check, replica, authority, dry }) {
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

/** Row 10: ready only if what is served verifies against what is published. */
async function pageOf({ program, issue, createAuthority, authority }, config) {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-tls-'));
  const good = await issue();
  mount(folder, { 'tls.crt': good.certificate, 'tls.key': good.key, 'ca.crt': authority });
  const replica = await serve({ program, tls: folder, config, flags: ['--snapshot', 'none'] });
  try {
    mount(folder, {
      'tls.crt': good.certificate,
      'tls.key': good.key,
      'ca.crt': (await createAuthority(Date.now())).certificate,
    });
    await until(async () => (await replica.ask('/readyz')).code === 503, 'not ready', 75).catch(() => undefined);
    return await replica.ask('/readyz');
  } finally {
    await replica.stop();
  }
}

function certificateThatDoesNotFit({ code, text }, check) {
  check(
    code === 503 && text.trim() !== '',
    'row 10: a certificate that its authority did not sign makes a replica not ready, and it says why',
    { code, text },
  );
}

/** Rows 15, 17 and 18. */
function templates(check) {
  const of = (...more) => rendered({}, ...more);
  const [once, twice] = [of(), of()];
  check(JSON.stringify(once) === JSON.stringify(twice), 'row 15: two renderings are one');
  const hook = once.find(({ kind }) => kind === 'ValidatingWebhookConfiguration');
  check(
    hook.webhooks.every(({ clientConfig }) => !('caBundle' in clientConfig)),
    'row 15: no certificate is in a template',
  );
  check(hook.metadata.name === 'poolproof', 'row 18: the name of the configuration is fixed');
  const elsewhere = of('--namespace', 'elsewhere');
  const namespaces = new Set(
    elsewhere.flatMap((object) => [...JSON.stringify(object).matchAll(/"namespace":"([^"]+)"/g)].map(([, name]) => name)),
  );
  check([...namespaces].join() === 'elsewhere', 'row 17: no namespace is written into a template', [...namespaces]);
}

/** Changes the configuration and waits until the replica has taken it up. */
async function changed(replica, change) {
  const count = () => metric(replica, 'poolproof_config_reload_total', 'result="success"');
  const before = await count();
  change();
  await until(async () => (await count()) > before, 'the new configuration');
}
