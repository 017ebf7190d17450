// Failing closed only what is seen to work (`--arm-fail-closed`), with no more rights than the chart gives.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hooksInForce, rolesInForce } from '../lab/in-force.mjs';
import { configurations, hookBy, pool, remove, rendered } from './hook.mjs';
import { pathOf, until } from './lab.mjs';
import { noted } from './noted.mjs';
import { freePort, metric, mount, serve } from './serving.mjs';

const path = `${configurations}/poolproof`;
const roles = '/apis/rbac.authorization.k8s.io/v1';
const pools = pathOf('NodePool');
const apply = { 'content-type': 'application/apply-patch+yaml' };

export async function arming({ lab, check, program, tls, authority }) {
  await remove(lab);
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-arming-'));
  const config = join(folder, 'config');
  mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  const account = await accountOf(lab, folder);
  const flags = ['--arm-fail-closed', '--snapshot', 'none', '--kubeconfig', account.kubeconfig];
  const policiesOf = ({ webhooks }) => [...new Set(webhooks.map(({ failurePolicy }) => failurePolicy))].join();
  const configuration = async () => (await lab.call('GET', path)).body;
  const policies = async () => policiesOf(await configuration());
  /** As Helm 4 and `kubectl apply --server-side` do it. Answers what then stood there, before anybody else had a look. */
  const helm = async (port) => {
    const { code, body } = await lab.call('PATCH', `${path}?fieldManager=helm`, hookBy({ port, authority }), apply);
    if (code !== 201 && code !== 200) throw new Error(`the configuration is refused: ${code} ${body.message}`);
    return policiesOf(body);
  };
  const isArmed = (what) => comes(check, what, async () => (await policies()) === 'Fail');
  const selfTests = () => noted(lab, 'nodepools', 'poolproof-self-test').length;
  /** One look has begun since, has ended, and the next has begun. */
  const another = async () => {
    const before = selfTests();
    await until(() => selfTests() >= before + 2, 'two more self tests');
  };
  const nobody = await freePort();
  await helm(nobody);
  let replica = await serve({ program, tls, config, flags });
  try {
    await until(() => /not failing closed/.test(replica.output()), 'a look');
    await another();
    check((await policies()) === 'Ignore', 'arming: while nobody answers the API server it stays at Ignore', replica.output());
    check(/let through without a word/.test(replica.output()), 'arming: and the log says why', replica.output());
    check((await metric(replica, 'poolproof_fails_closed')) === 0, 'arming: and a metric');

    await helm(replica.port);
    await isArmed('arming: once the self test is answered it fails closed');
    check(!(await stored(lab)), 'arming: the pool of the self test is not stored');
    await comes(check, 'arming: the metric says so', async () => (await metric(replica, 'poolproof_fails_closed')) === 1);

    check((await helm(replica.port)) === 'Ignore', 'arming: an upgrade meets no conflict, and puts Ignore back');
    await isArmed('arming: at the next look it fails closed again');
    // What it sets it owns for a moment, until it has told the API server otherwise.
    await comes(check, 'arming: it owns nothing', async () => {
      const { metadata } = await configuration();
      return !JSON.stringify(metadata.managedFields).includes('poolproof-arming');
    });

    await account.rights(check);
    await replica.stop();
    await hooksInForce(lab);
    const { code } = await lab.call('POST', `${pools}?dryRun=All`, pool('probe'));
    check(code === 500, 'arming: without a pod, pools cannot be changed', code);

    mount(config, { 'poolproof.yaml': 'admission: { mode: audit }\n' });
    replica = await serve({ program, tls, config, flags });
    // Until then it finds Fail, as its predecessor left it, and may be content with that for a minute.
    await helm(replica.port);
    await until(() => /the mode is off or audit/.test(replica.output()), 'a self test in silence');
    await another();
    check((await policies()) === 'Ignore', 'arming: in a mode in which nothing is heard it stays at Ignore');
  } finally {
    await replica.stop();
    await remove(lab);
    await account.gone();
  }
}

async function comes(check, what, holds) {
  await until(holds, what).then(
    () => check(true, what),
    ({ message }) => check(false, message),
  );
}

async function stored(lab) {
  return (await lab.call('GET', `${pools}/poolproof-self-test`)).code === 200;
}

/** The account of the chart's pods, with the roles that the chart renders. */
async function accountOf({ call, kubeconfig }, folder) {
  const objects = rendered(
    { webhook: { armFailClosed: 'afterSelfTest' }, certificates: { mode: 'certManager' }, snapshot: 'none' },
    '--set',
    'apiVersionChecks=false',
    '--namespace',
    'default',
  );
  const own = objects.filter(
    ({ kind, metadata }) => /^(ClusterRole|ServiceAccount)/.test(kind) && !metadata.annotations?.['helm.sh/hook'],
  );
  const at = ({ kind }) =>
    kind === 'ServiceAccount' ? '/api/v1/namespaces/default/serviceaccounts' : `${roles}/${kind.toLowerCase()}s`;
  for (const object of own) {
    const { code, body } = await call('POST', at(object), object);
    if (code !== 201) throw new Error(`${object.kind}: ${body.message}`);
  }
  await rolesInForce({ call });
  const { body } = await call('POST', '/api/v1/namespaces/default/serviceaccounts/poolproof/token', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const file = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  file.users[0].user = { token: body.status.token };
  const as = join(folder, 'kubeconfig');
  writeFileSync(as, JSON.stringify(file));
  const mine = { authorization: `Bearer ${body.status.token}` };
  return {
    kubeconfig: as,
    rights: async (check) => {
      const code = async (...args) => (await call(...args)).code;
      check((await code('POST', `${pools}?dryRun=All`, pool('probe'), mine)) === 403, 'arming: its account makes no pool');
      const other = pool('other');
      const applied = `${pools}/other?dryRun=All&fieldManager=a`;
      check((await code('PATCH', applied, other, { ...mine, ...apply })) === 403, 'arming: nor applies another one');
      check(
        (await code('PATCH', `${configurations}/other`, {}, { ...mine, ...apply })) === 403,
        'arming: nor changes another configuration',
      );
      check((await code('DELETE', path, undefined, mine)) === 403, 'arming: nor takes its own away');
    },
    gone: async () => {
      for (const object of own) await call('DELETE', `${at(object)}/${object.metadata.name}`);
    },
  };
}
