// The ways in which admission webhooks have failed elsewhere, one by one, with what happens here instead.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers } from './answers.mjs';
import { dead, hardships, strangers } from './hardships.mjs';
import { hookBy, install, nodeClass, pool, remove, rendered, wrong } from './hook.mjs';
import { clear, pathOf, until } from './lab.mjs';
import { selfManaged } from './self-managed.mjs';
import { mount, serve } from './serving.mjs';

const pools = pathOf('NodePool');

export async function failures(world) {
  const { lab, check, program, tls, authority } = world;
  const config = mkdtempSync(join(tmpdir(), 'poolproof-config-'));
  const configure = (admission) => mount(config, { 'poolproof.yaml': JSON.stringify({ admission }) });
  configure({ mode: 'enforce' });
  await clear(lab);
  await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
  const { spec: _spec, ...bare } = nodeClass('bare');
  await lab.call('POST', pathOf('EC2NodeClass'), bare);
  await lab.call('POST', pools, pool('doubtful', wrong, { finalizers: ['example.com/hold'] }));
  const replica = await serve({ program, tls, config, flags: ['--kubeconfig', lab.kubeconfig] });
  const dry = (object) => lab.call('POST', `${pools}?dryRun=All`, object);
  const isDenied = async () => (await dry(pool('probe', wrong))).code === 422;
  const around = { ...world, replica, dry, configure };
  try {
    await install(lab, hookBy({ port: replica.port, authority, failurePolicy: 'Fail' }), isDenied);
    await answers(around);
    await hardships(around);
    await install(
      lab,
      hookBy({ port: 1, authority, failurePolicy: 'Fail' }),
      async () => (await dry(pool('probe'))).code === 500,
    );
    await dead(around);
    await install(lab, hookBy({ port: replica.port, authority, failurePolicy: 'Fail' }), isDenied);
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
    await until(async () => (await replica.ask('/readyz')).code === 503, 'not ready').catch(() => undefined);
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
