// What is lost under load while everything changes: replicas, certificates, authorities, configurations; and when a replica dies,
// stops or is busy. Two replicas behind a balancer; the mode is warn, so that every call that was judged shows it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hooksInForce } from '../lab/in-force.mjs';
import { balancer } from './balancer.mjs';
import { blockers } from './blockers.mjs';
import { configurations, hookBy, install, nodeClass, pool, remove, wrong } from './hook.mjs';
import { clear, pathOf, until, warningsOf } from './lab.mjs';
import { told, underLoad } from './load.mjs';
import { metric, mount, serve } from './serving.mjs';

/** Milliseconds that the endpoint controller and every node need to hear that a pod is going. */
const PROPAGATION = 300;
/** Seconds that a pod serves on meanwhile: many times as long, since here one machine plays all the parts. */
const DRAIN = '10';

export async function chaos(world) {
  const { lab, tls, authority } = world;
  const config = mkdtempSync(join(tmpdir(), 'poolproof-config-'));
  mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  await clear(lab);
  await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
  const replicas = [];
  const door = await balancer();
  const start = async (flags = []) => {
    const replica = await serve({
      program: world.program,
      tls,
      config,
      flags: ['--kubeconfig', lab.kubeconfig, '--drain-seconds', DRAIN, ...flags],
    });
    replicas.push(replica);
    door.add(replica);
    return replica;
  };
  const isJudged = async () =>
    warningsOf(await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe', wrong))).length > 0;
  const arm = (failurePolicy, timeoutSeconds) =>
    install(lab, hookBy({ port: door.port, authority, failurePolicy, timeoutSeconds }), isJudged);
  const around = { ...world, config, door, start, arm, pair: [await start(), await start()] };
  try {
    await arm('Fail');
    for (const part of [rollingRestart, newCertificates, newAuthority, brokenConfiguration, busyLoop]) await part(around);
    await arm('Ignore');
    await killed(around);
    await arm('Ignore', 3);
    await stopped(around);
  } finally {
    await remove(lab);
    for (const replica of replicas) await replica.stop();
    door.close();
    await clear(lab);
  }
}

function lossless(check, what, counts) {
  console.log(`${what}: ${told(counts)}`);
  check(counts.refused + counts.unjudged === 0, `chaos: ${what} loses no call`, counts);
}

/** Each replica is replaced by a new one; the endpoint goes a moment after the signal, as it does in a cluster. */
async function rollingRestart({ lab, check, door, start, pair }) {
  const ends = [];
  const counts = await underLoad(lab, async () => {
    for (const [at, old] of pair.entries()) {
      pair[at] = await start();
      old.kill('SIGTERM');
      await wait(PROPAGATION);
      door.remove(old);
      ends.push(await old.ended);
    }
  });
  lossless(check, 'a rolling restart of two replicas', counts);
  check(
    ends.every(({ code }) => code === 0),
    'chaos: replicas end with 0',
    ends,
  );
}

async function newCertificates({ lab, check, tls, issue, authority, pair }) {
  const renewals = () =>
    Promise.all(pair.map((replica) => metric(replica, 'poolproof_certificate_reload_total', 'result="success"')));
  const before = await renewals();
  const counts = await underLoad(lab, async (_, answered) => {
    for (let turn = 1; turn <= 3; turn++) {
      const { certificate, key } = await issue();
      mount(tls, { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority });
      await until(async () => (await renewals()).every((count, at) => count >= before[at] + turn), 'the new certificate');
      // Open connections live on; with another bundle, if only by a line, the API server makes new ones, which meet the certificate.
      await publish(lab, authority + '\n'.repeat(turn), answered);
    }
  });
  lossless(check, 'three new certificates', counts);
}

/** Makes the API server trust other authorities, and waits until every call does. */
async function publish({ call }, bundle, answered) {
  const { body } = await call('GET', `${configurations}/poolproof`);
  for (const { clientConfig } of body.webhooks) clientConfig.caBundle = Buffer.from(bundle).toString('base64');
  await call('PUT', `${configurations}/poolproof`, body);
  await hooksInForce({ call });
  // A call looks up whom to trust when it begins.
  await answered();
}

/** Old and new are published first, then the new one signs, then the old one goes. */
async function newAuthority(world) {
  const { lab, check, tls, issue, createAuthority, authority, arm, pair } = world;
  const next = await createAuthority(Date.now());
  const renewals = () =>
    Promise.all(pair.map((replica) => metric(replica, 'poolproof_certificate_reload_total', 'result="success"')));
  const change = async (to, from, answered) => {
    const before = await renewals();
    await publish(lab, `${from.certificate}${to.certificate}`, answered);
    const { certificate, key } = await issue(to.key ? to : undefined);
    mount(tls, { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': to.certificate });
    await until(async () => (await renewals()).every((count, at) => count > before[at]), 'a certificate of the new authority');
    await publish(lab, to.certificate, answered);
  };
  const counts = await underLoad(lab, async (_, answered) => {
    await change(next, { certificate: authority }, answered);
    await change({ certificate: authority }, next, answered);
  });
  lossless(check, 'a new authority, and the old one back', counts);
  await arm('Fail');
}

async function brokenConfiguration({ lab, check, config, pair }) {
  const refused = () => metric(pair[0], 'poolproof_config_reload_total', 'result="error"');
  const before = await refused();
  const counts = await underLoad(lab, async (_, answered) => {
    mount(config, { 'poolproof.yaml': 'admission: { mode: wran }\n' });
    await until(async () => (await refused()) > before, 'the configuration is refused');
    check((await pair[0].ask('/readyz')).code === 200, 'chaos: a bad configuration leaves the replica ready');
    check(/admission\.mode/.test(pair[0].output()), 'chaos: a line of the log names the key that is wrong');
    await answered();
    mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
    await answered();
  });
  lossless(check, 'a broken configuration', counts);
}

/** Somebody sends the largest reviews there are, past the API server. */
async function busyLoop({ lab, check, pair, authority }) {
  const counts = await underLoad(lab, async () => {
    await blockers(pair, authority, 3000);
  });
  lossless(check, 'an event loop that is kept busy', counts);
}

/** Only what is on its way may go unjudged, at most one call a connection, and nothing is refused. */
async function killed({ lab, check, door, start, pair }) {
  let open = 0;
  const counts = await underLoad(lab, async (_, answered) => {
    const [victim] = pair;
    open = door.open(victim);
    victim.kill('SIGKILL');
    door.remove(victim);
    await victim.ended;
    await answered();
    pair[0] = await start();
  });
  console.log(`kill -9 of a replica with ${open} connections: ${told(counts)}`);
  check(
    counts.refused === 0 && counts.unjudged <= open,
    'chaos: kill -9 under Ignore refuses nothing and lets by only what was on its way',
    { open, ...counts },
  );
}

/** The API server keeps its connections, so that a new replica may have none yet. */
async function busier(pair) {
  const count = () => Promise.all(pair.map((replica) => metric(replica, 'poolproof_admission_requests_total')));
  const before = await count();
  let calls;
  await until(async () => {
    calls = (await count()).map((now, at) => now - before[at]);
    return calls[0] + calls[1] >= 20;
  }, 'calls to compare');
  return calls[0] > calls[1] ? pair[0] : pair[1];
}

/** A replica that stands still is found out by its probe; until then its calls wait for the timeout of the webhook, and pass. */
async function stopped({ lab, check, door, pair }) {
  let isNobodyStuck = false;
  const counts = await underLoad(lab, async (counted, answered) => {
    const victim = await busier(pair);
    victim.kill('SIGSTOP');
    for (let misses = 0; misses < 3; ) misses = (await victim.ask('/readyz', 500)).code === 200 ? 0 : misses + 1;
    door.remove(victim);
    await until(() => counted.unjudged > 0, 'a call that it had').catch(() => undefined);
    isNobodyStuck = await answered().then(
      () => true,
      () => false,
    );
    victim.kill('SIGCONT');
    await until(async () => (await victim.ask('/readyz')).code === 200, 'the replica is ready again');
    door.add(victim);
    await answered();
  });
  console.log(`SIGSTOP of a replica: ${told(counts)}`);
  check(counts.refused === 0, 'chaos: a replica that stands still refuses nothing under Ignore', counts);
  check(counts.unjudged > 0, 'chaos: … and lets by what it had before it', counts);
  check(isNobodyStuck, 'chaos: … and nobody waits until it goes on', counts);
}
