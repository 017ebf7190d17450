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
import { mount, serve } from './serving.mjs';

const path = `${configurations}/poolproof`;
const secrets = '/api/v1/namespaces/default/secrets';
const minute = 60_000;
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

/** An authority two thirds of whose life are nearly over is renewed under load, by three replicas that all see it. */
async function renewed({ lab, check, program, config, createAuthority }) {
  const base64 = (text) => Buffer.from(text).toString('base64');
  // It lasts 35 minutes, of which a third is left in two thirds of a minute.
  const old = await createAuthority(Date.now() - (17 + 2 / 3) * minute, 30 * minute);
  const kept = { 'ca.crt': base64(old.certificate), 'ca.key': base64(old.key), 'former.crt': '' };
  const metadata = { namespace: 'default', name: 'poolproof-authority' };
  await lab.call('POST', secrets, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data: kept });
  const secret = async () => (await lab.call('GET', `${secrets}/poolproof-authority`)).body;
  const configuration = async () => (await lab.call('GET', path)).body;
  const door = await balancer();
  const hook = hookBy({ port: door.port, authority: '', failurePolicy: 'Fail', timeoutSeconds: 15 });
  for (const { clientConfig } of hook.webhooks) delete clientConfig.caBundle;
  await lab.call('POST', configurations, hook);
  const flags = flagsFor(lab, 'poolproof-authority', 'poolproof');
  const first = await secret();
  const replicas = await Promise.all([1, 2, 3].map(() => serve({ program, config, flags })));
  try {
    for (const replica of replicas) door.add(replica);
    const judged = async () => (await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe', wrong))).code === 201;
    await until(judged, 'the replicas are trusted');
    check(
      (await secret()).metadata.resourceVersion === first.metadata.resourceVersion,
      'row 14: replicas that find an authority write none',
    );
    check(
      (await configuration()).metadata.generation === 2,
      'row 14: and publish it once',
      (await configuration()).metadata.generation,
    );

    // As an enforcer of AKS does.
    const enforced = { metadata: { annotations: { 'example.com/enforced': 'yes' } } };
    await lab.call('PATCH', path, enforced, merge);
    const selector = { matchExpressions: [{ key: 'control-plane', operator: 'DoesNotExist' }] };
    const by = [{ op: 'add', path: '/webhooks/0/namespaceSelector', value: selector }];
    await lab.call('PATCH', path, by, { 'content-type': 'application/json-patch+json' });

    const versions = new Set([first.metadata.resourceVersion]);
    let early = 0;
    const counts = await underLoad(
      lab,
      async () => {
        const isNew = async (replica) => !(await isOf(old.certificate, replica));
        await until(
          async () => {
            await wait(500);
            versions.add((await secret()).metadata.resourceVersion);
            const published = await bundleOf(configuration);
            const served = await Promise.all(replicas.map(isNew));
            if (served.some(Boolean) && published.length < 2) early++;
            return served.every(Boolean);
          },
          'every replica serves what the new authority signed',
          360,
        );
      },
      { width: 2 },
    );
    check(counts.refused + counts.unjudged === 0, `row 12: a new authority loses no call (${told(counts)})`, counts);
    check(early === 0, 'row 12: it is published, beside the old one, before anything that it signed is served');
    check((await bundleOf(configuration)).length === 2, 'row 12: the old one stays in the bundle');
    check(versions.size === 2, 'row 14: three replicas that find it due write one', [...versions]);
    const { metadata: now, webhooks } = await configuration();
    check(now.generation === 4, 'row 14: and publish it once', now.generation);
    check(
      now.annotations['example.com/enforced'] === 'yes' && webhooks[0].namespaceSelector.matchExpressions.length === 1,
      'row 23: what others write into the configuration is left alone',
    );
  } finally {
    for (const replica of replicas) await replica.stop();
    door.close();
    await remove(lab);
    await lab.call('DELETE', `${secrets}/poolproof-authority`);
  }
}

async function bundleOf(configuration) {
  const { webhooks } = await configuration();
  return Buffer.from(webhooks[0].clientConfig.caBundle, 'base64')
    .toString()
    .match(/BEGIN CERTIFICATE/g);
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

async function isOf(authority, replica) {
  const issuer = new X509Certificate(authority);
  const leaf = await shown(replica);
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
    await until(async () => (await shown(replica)).serialNumber !== before.serialNumber, 'a new certificate', 100).then(
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
