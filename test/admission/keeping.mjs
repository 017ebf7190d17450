// Certificates that replicas keep by themselves, over time: rows 11, 12, 14 and 23.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { cache } from '../ways-in/tools.mjs';
import { balancer } from './balancer.mjs';
import { configurations, hookBy, pool, remove, wrong } from './hook.mjs';
import { pathOf, until } from './lab.mjs';
import { told, underLoad } from './load.mjs';
import { noted } from './noted.mjs';
import { mount, serve } from './serving.mjs';

const path = `${configurations}/poolproof`;
const secrets = '/api/v1/namespaces/default/secrets';
const minute = 60_000;
/** How long an authority must be published before its signatures are served; times are noted in whole seconds. */
const GRACE = 60_000;
const SECOND = 1000;
const merge = { 'content-type': 'application/merge-patch+json' };

export async function keeping(world) {
  const config = mkdtempSync(join(tmpdir(), 'poolproof-keeping-'));
  mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  await remove(world.lab);
  await Promise.all([renewed({ ...world, config }), jumping({ ...world, config })]);
}

const flagsFor = ({ kubeconfig }, secret, configuration) =>
  ['--self-managed', '--secret', secret, '--service', 'poolproof', '--namespace', 'default'].concat([
    '--webhook-configuration',
    configuration,
    '--snapshot',
    'none',
    '--kubeconfig',
    kubeconfig,
  ]);

/** So many seconds after the replicas are told to start their authority falls due; a machine that has not started them by then gets more. */
const DUE = 120;

/** An authority two thirds of whose life are nearly over is renewed under load, by three replicas that all see it. */
async function renewed(world, due = DUE) {
  const { lab, program, config, createAuthority } = world;
  // It lasts 35 minutes, of which a third is left when it falls due.
  const dueAt = Date.now() + due * 1000;
  const old = await createAuthority(dueAt - (18 + 1 / 3) * minute, 30 * minute);
  await keep(lab, old);
  const door = await balancer();
  const hook = hookBy({ port: door.port, authority: '', failurePolicy: 'Fail' });
  for (const { clientConfig } of hook.webhooks) delete clientConfig.caBundle;
  await lab.call('POST', configurations, hook);
  const flags = flagsFor(lab, 'poolproof-authority', 'poolproof');
  const replicas = await Promise.all([1, 2, 3].map(() => serve({ program, config, flags })));
  let isInTime = false;
  try {
    for (const replica of replicas) door.add(replica);
    const judged = async () => (await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe', wrong))).code === 201;
    await until(judged, 'the replicas are trusted');
    const begun = { secret: writesOf(lab, 'secrets', 'poolproof-authority'), configuration: await configurationOf(lab) };
    isInTime = Date.now() < dueAt;
    if (isInTime) await renewal(world, { old, replicas, begun });
  } finally {
    for (const replica of replicas) await replica.stop();
    door.close();
    await remove(lab);
    await lab.call('DELETE', `${secrets}/poolproof-authority`);
  }
  if (!isInTime) await renewed(world, due * 4);
}

async function keep({ call }, { certificate, key }) {
  const base64 = (text) => Buffer.from(text).toString('base64');
  const data = { 'ca.crt': base64(certificate), 'ca.key': base64(key), 'former.crt': '' };
  const metadata = { namespace: 'default', name: 'poolproof-authority' };
  await call('POST', secrets, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data });
}

async function renewal({ lab, check }, { old, replicas, begun }) {
  check(begun.secret === 1, 'row 14: replicas that find an authority write none', begun.secret);
  check(begun.configuration.metadata.generation === 2, 'row 14: and publish it once', begun.configuration.metadata.generation);

  // As an enforcer of AKS does.
  const enforced = { metadata: { annotations: { 'example.com/enforced': 'yes' } } };
  await lab.call('PATCH', path, enforced, merge);
  const selector = { matchExpressions: [{ key: 'control-plane', operator: 'DoesNotExist' }] };
  const by = [{ op: 'add', path: '/webhooks/0/namespaceSelector', value: selector }];
  await lab.call('PATCH', path, by, { 'content-type': 'application/json-patch+json' });

  const isNew = async (replica) => !isOf(old.certificate, await shown(replica));
  const work = () =>
    until(
      async () => {
        await wait(500);
        return (await Promise.all(replicas.map(isNew))).every(Boolean);
      },
      'every replica serves what the new authority signed',
      1200,
    );
  const counts = await underLoad(lab, work, { width: 2, pause: 50 });
  check(counts.refused + counts.unjudged === 0, `row 12: a new authority loses no call (${told(counts)})`, counts);
  const now = await configurationOf(lab);
  check(bundleOf(now).length === 2, 'row 12: the old one stays in the bundle');
  const issued = await Promise.all(replicas.map(async (replica) => issuedAt(await shown(replica))));
  const [first, published] = [Math.min(...issued), publishedAt(now)];
  check(
    first - published >= GRACE - SECOND,
    'row 12: it is published, beside the old one, for a minute before anything that it signs is served',
    { published: new Date(published), first: new Date(first) },
  );
  check(
    writesOf(lab, 'secrets', 'poolproof-authority') === 2,
    'row 14: three replicas that find it due write one',
    noted(lab, 'secrets', 'poolproof-authority'),
  );
  check(now.metadata.generation === 4, 'row 14: and publish it once', now.metadata.generation);
  check(
    now.metadata.annotations['example.com/enforced'] === 'yes' && now.webhooks[0].namespaceSelector.matchExpressions.length === 1,
    'row 23: what others write into the configuration is left alone',
  );
}

/** How often the API server took what was written to an object. */
function writesOf(lab, resource, name) {
  return noted(lab, resource, name).filter(({ code }) => code < 300).length;
}

async function configurationOf({ call }) {
  return (await call('GET', path)).body;
}

function bundleOf({ webhooks }) {
  return Buffer.from(webhooks[0].clientConfig.caBundle, 'base64')
    .toString()
    .match(/BEGIN CERTIFICATE/g);
}

/** When the bundle was written last, as the API server noted it beside the field, in whole seconds. */
function publishedAt({ metadata }) {
  const writers = metadata.managedFields.filter(({ fieldsV1 }) => JSON.stringify(fieldsV1).includes('"f:caBundle"'));
  return Math.max(...writers.map(({ time }) => Date.parse(time)));
}

/** A certificate is valid five minutes earlier than it was made, since clocks differ. */
function issuedAt({ validFrom }) {
  return Date.parse(validFrom) + 5 * minute;
}

/** The certificate that a replica shows now. */
function shown({ port }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function isOf(authority, leaf) {
  const issuer = new X509Certificate(authority);
  return leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey);
}

/** Row 11: the clock of a machine that slept five days. Timers go by another clock and know nothing of it. */
async function jumping({ lab, check, program, config, authority }) {
  const clock = join(mkdtempSync(join(tmpdir(), 'poolproof-clock-')), 'clock');
  writeFileSync(clock, '+0');
  const environment = {
    LD_PRELOAD: fakeTime(),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  const hook = hookBy({ port: 1, authority });
  const never = { name: 'never', expression: 'false' };
  const webhooks = hook.webhooks.map((webhook) => ({ ...webhook, matchConditions: [never] }));
  await lab.call('POST', configurations, { ...hook, metadata: { name: 'poolproof-clock' }, webhooks });
  const flags = flagsFor(lab, 'poolproof-clock', 'poolproof-clock');
  const replica = await serve({ program, config, environment, flags });
  try {
    const before = await shown(replica);
    const life = Date.parse(before.validTo) - Date.now();
    check(life > 6 * 24 * 60 * minute, 'row 11: a certificate lasts a week');
    writeFileSync(clock, '+5d');
    await until(async () => (await shown(replica)).serialNumber !== before.serialNumber, 'a new certificate').then(
      () => check(true, 'row 11: when the clock jumps five days it is renewed within a look'),
      ({ message }) => check(false, `row 11: ${message}`),
    );
    const gained = Date.parse((await shown(replica)).validTo) - Date.parse(before.validTo);
    check(gained > 4 * 24 * 60 * minute, 'row 11: and lasts a week from then on', gained);
  } finally {
    await replica.stop();
    await lab.call('DELETE', `${configurations}/poolproof-clock`);
    await lab.call('DELETE', `${secrets}/poolproof-clock`);
  }
}

/** libfaketime of Debian, unpacked and not installed. */
function fakeTime() {
  const folder = join(cache, 'libfaketime');
  const library = () =>
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('/faketime/libfaketime.so.1'));
  if (!library()) {
    mkdirSync(folder, { recursive: true });
    const download = () => execFileSync('apt-get', ['download', 'libfaketime'], { cwd: folder, stdio: 'pipe' });
    try {
      download();
    } catch {
      execFileSync('apt-get', ['-qq', 'update'], { stdio: 'pipe' });
      download();
    }
    execFileSync('sh', ['-c', 'dpkg -x libfaketime_*.deb .'], { cwd: folder });
  }
  return join(folder, library());
}
