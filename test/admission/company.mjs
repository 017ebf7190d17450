// Rows 35 and 38: the server by itself while it is asked, and beside another webhook.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurations, hookBy, install, nodeClass, pool, remove, wrong } from './hook.mjs';
import { clear, parallel, pathOf, until, warningsOf } from './lab.mjs';
import { mount, serve } from './serving.mjs';

const pools = pathOf('NodePool');

export async function company(world) {
  const { lab, program, tls, authority } = world;
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-company-'));
  const config = join(folder, 'config');
  mount(config, { 'poolproof.yaml': 'admission: { mode: enforce }\n' });
  const waysOut = join(folder, 'ways-out');
  writeFileSync(waysOut, '');
  await clear(lab);
  await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
  const environment = { WAYS_OUT: waysOut, NODE_OPTIONS: `--require ${join(import.meta.dirname, 'connections.cjs')}` };
  const replica = await serve({ program, tls, config, environment, flags: ['--kubeconfig', lab.kubeconfig] });
  const dry = (object) => lab.call('POST', `${pools}?dryRun=All`, object);
  const isDenied = async () => (await dry(pool('probe', wrong))).code === 422;
  try {
    await install(lab, hookBy({ port: replica.port, authority, failurePolicy: 'Fail' }), isDenied);
    await alone(world, waysOut, dry);
    mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
    await until(async () => !(await isDenied()), 'mode warn');
    await beside(world, dry, () => mount(config, { 'poolproof.yaml': 'admission: { mode: enforce }\n' }));
  } finally {
    await remove(lab);
    await replica.stop();
    await clear(lab);
  }
}

/** A watch may just end and begin anew, by itself: if reviews called anybody, they would do so each time. */
const ROUNDS = 3;

/** Row 35: what is known of the cluster is known beforehand. */
async function alone({ lab, check }, waysOut, dry) {
  const taken = () => readFileSync(waysOut, 'utf8').trim().split('\n').filter(Boolean);
  const { port } = new URL(lab.server);
  check(
    taken().length > 0 && taken().every((line) => line.includes(port) || line.startsWith('lookup')),
    'row 35: it calls the API server',
    taken(),
  );
  const during = [];
  do {
    const before = taken().length;
    const answers = await parallel(8, Array.from({ length: 400 }), (_, at) =>
      dry(at % 2 === 0 ? pool(`alone-${at}`, wrong) : nodeClass(`alone-${at}`)),
    );
    check(answers.filter(({ code }) => code === 422).length === 200, 'row 35: 400 requests are judged');
    during.push(taken().slice(before));
  } while (during.length < ROUNDS && during.at(-1).length > 0);
  check(during.at(-1).length === 0, 'row 35: and nobody at all is called for them', during);
}

/** Row 38: of several that deny the API server shows one. */
async function beside({ lab, check, tls, authority }, dry, enforcing) {
  const other = spawn(
    process.execPath,
    [join(import.meta.dirname, '../lab/hook.mjs'), join(tls, 'tls.crt'), join(tls, 'tls.key')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const port = await new Promise((resolve) => other.stdout.once('data', (line) => resolve(/(\d+)/.exec(String(line))[1])));
    await lab.call('POST', configurations, strangerBy(port, authority));
    const refused = async () => (await dry(pool('deny-probe'))).code === 422;
    await until(refused, 'the other webhook is in force');
    const warned = await dry(pool('deny-a', wrong));
    check(
      warned.code === 422 && warningsOf(warned).some((text) => text.startsWith('poolproof: expire-after-zero')),
      'row 38: where another webhook denies, our warnings are delivered all the same',
      warned.body.message,
    );
    enforcing();
    await until(async () => (await dry(pool('probe', wrong))).code === 422, 'mode enforce');
    const answers = await parallel(4, Array.from({ length: 40 }), (_, at) => dry(pool(`deny-${at}`, wrong)));
    const ours = answers.filter(({ body }) => body.message.includes('poolproof: expire-after-zero'));
    const theirs = answers.filter(({ body }) => body.message.includes('begins with deny'));
    check(
      answers.every(({ code }) => code === 422),
      'row 38: where both deny, the request is denied',
    );
    check(
      ours.length + theirs.length === 40,
      `row 38: and one of them is shown, by name (${ours.length} ours, ${theirs.length} theirs)`,
    );
  } finally {
    await lab.call('DELETE', `${configurations}/stranger`);
    other.kill();
  }
}

function strangerBy(port, authority) {
  const [webhook] = hookBy({ port, authority, failurePolicy: 'Fail' }).webhooks;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'stranger' },
    webhooks: [{ ...webhook, name: 'stranger.example.com' }],
  };
}
