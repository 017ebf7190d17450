// Failing closed only what is seen to work (`--arm-fail-closed`), with no more rights than the chart gives.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { configurations, hookBy, pool, remove, rendered } from './hook.mjs';
import { pathOf, until } from './lab.mjs';
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
  const policies = async () => {
    const { body } = await lab.call('GET', path);
    return [...new Set(body.webhooks.map(({ failurePolicy }) => failurePolicy))].join();
  };
  /** As Helm 4 and `kubectl apply --server-side` do it. */
  const helm = async (port) => {
    const { code, body } = await lab.call('PATCH', `${path}?fieldManager=helm`, hookBy({ port, authority }), apply);
    if (code !== 201 && code !== 200) throw new Error(`the configuration is refused: ${code} ${body.message}`);
  };
  const isArmed = (what) =>
    until(async () => (await policies()) === 'Fail', what, 90).then(
      () => check(true, what),
      ({ message }) => check(false, message),
    );
  const nobody = await freePort();
  await helm(nobody);
  let replica = await serve({ program, tls, config, flags });
  try {
    await until(() => /not failing closed/.test(replica.output()), 'a look');
    await wait(7000);
    check((await policies()) === 'Ignore', 'arming: while nobody answers the API server it stays at Ignore', replica.output());
    check(/let through without a word/.test(replica.output()), 'arming: and the log says why', replica.output());
    check((await metric(replica, 'poolproof_fails_closed')) === 0, 'arming: and a metric');

    await helm(replica.port);
    await isArmed('arming: once the self test is answered it fails closed');
    check(!(await stored(lab)), 'arming: the pool of the self test is not stored');
    await until(async () => (await metric(replica, 'poolproof_fails_closed')) === 1, 'the metric').then(() =>
      check(true, 'arming: the metric says so'),
    );

    await helm(replica.port);
    check((await policies()) === 'Ignore', 'arming: an upgrade meets no conflict, and puts Ignore back');
    await isArmed('arming: within a minute it fails closed again');
    check(
      !JSON.stringify((await lab.call('GET', path)).body.metadata.managedFields).includes('poolproof-arming'),
      'arming: it owns nothing',
    );

    await account.rights(check);
    await replica.stop();
    const { code } = await lab.call('POST', `${pools}?dryRun=All`, pool('probe'));
    check(code === 500, 'arming: without a pod, pools cannot be changed', code);

    mount(config, { 'poolproof.yaml': 'admission: { mode: audit }\n' });
    replica = await serve({ program, tls, config, flags });
    await helm(replica.port);
    await until(() => /the mode is off or audit/.test(replica.output()), 'a self test in silence');
    await wait(7000);
    check((await policies()) === 'Ignore', 'arming: in a mode in which nothing is heard it stays at Ignore');
  } finally {
    await replica.stop();
    await remove(lab);
    await account.gone();
  }
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
