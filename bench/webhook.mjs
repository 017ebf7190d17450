// What the webhook costs: calls through a real API server with and without it and under the exported policies, its server beside a
// bare one, and its memory. Everything in turns in one run; judge the ratios, not the times.
//   node bench/webhook.mjs [--quick]
// Needs what test/admission/run.mjs needs.
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hugeReview, post } from '../test/admission/blockers.mjs';
import { bundled, program } from '../test/admission/bundled.mjs';
import { configurations, hookBy, nodeClass, pool } from '../test/admission/hook.mjs';
import { clear, parallel, pathOf, until, withLab } from '../test/admission/lab.mjs';
import { mount, serve } from '../test/admission/serving.mjs';
import { enforce } from '../test/vap/policies.mjs';

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 2 : 5;
const CALLS = isQuick ? 100 : 400;
const DIRECT = isQuick ? 1000 : 6000;
const WIDTH = 16;
const work = mkdtempSync(join(tmpdir(), 'poolproof-bench-webhook-'));

try {
  const { createAuthority, issueLeaf } = await import(
    await bundled('webhook/certificates/authority.ts', 'admission-authority.cjs')
  );
  const authority = await createAuthority(Date.now());
  const pair = await issueLeaf(authority, ['127.0.0.1'], Date.now());
  const [tls, config] = [join(work, 'tls'), join(work, 'config')];
  mount(tls, { 'tls.crt': pair.certificate, 'tls.key': pair.key, 'ca.crt': authority.certificate });
  mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  const command = program();
  await withLab('bench-webhook', async (lab) => {
    lab.installCrds('1.15');
    await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
    const alone = await serve({ program: command, tls, config, flags: ['--snapshot', 'none'] });
    const knowing = await serve({ program: command, tls, config, flags: ['--kubeconfig', lab.kubeconfig] });
    try {
      await throughServer(lab, { alone, knowing, authority: authority.certificate, command });
      await direct(alone, pair, authority.certificate);
      await memory(alone, authority.certificate);
    } finally {
      await alone.stop();
      await knowing.stop();
      await clear(lab);
    }
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Rehearsed creations, one after the other; each names another pool, so that no answer is a remembered one. */
async function throughServer(lab, { alone, knowing, authority, command }) {
  const policies = execFileSync(process.execPath, [command, 'export', 'vap', '--no-config', '-f', 'json'], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const ways = {
    nothing: { set: async () => undefined },
    'policies (CEL)': { set: () => enforce(lab, policies), unset: () => enforce(lab, undefined) },
    'webhook, objects alone': hooked(lab, alone, authority),
    'webhook, with a snapshot': hooked(lab, knowing, authority),
  };
  const times = new Map(Object.keys(ways).map((name) => [name, []]));
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { set, unset }] of Object.entries(ways)) {
      await set();
      for (let call = 0; call < CALLS + 20; call++) {
        const { milliseconds, code } = await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool(`bench-${count++}`));
        if (code !== 201) throw new Error(`a sound pool is answered ${code}`);
        // The first ones open connections.
        if (call >= 20) times.get(name).push(milliseconds);
      }
      await unset?.();
    }
  }
  const base = at(times.get('nothing'), 0.5);
  console.log(`through the API server, ${ROUNDS} rounds of ${CALLS} calls each:`);
  for (const [name, list] of times) {
    const p50 = at(list, 0.5);
    const more = name === 'nothing' ? '' : `, ${(p50 - base).toFixed(2)} ms more than nothing (x ${(p50 / base).toFixed(2)})`;
    console.log(`  ${name.padEnd(26)} p50 ${p50.toFixed(2)} ms, p99 ${at(list, 0.99).toFixed(1)} ms${more}`);
  }
}

function hooked(lab, replica, authority) {
  const configuration = hookBy({ port: replica.port, authority, failurePolicy: 'Fail', timeoutSeconds: 15 });
  const counted = async () =>
    Number(/poolproof_admission_requests_total\{[^}]*\} (\d+)/.exec((await replica.ask('/metrics')).text)?.[1] ?? 0);
  return {
    set: async () => {
      await lab.call('POST', configurations, configuration);
      const before = await counted();
      await until(async () => {
        await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe'));
        return (await counted()) > before;
      }, 'the webhook is called');
    },
    unset: async () => {
      await lab.call('DELETE', `${configurations}/poolproof`);
      await until(async () => {
        const before = await counted();
        await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe'));
        return (await counted()) === before;
      }, 'the webhook is gone');
    },
  };
}

/** The same bodies to our server and to a bare fastify that sends a fixed answer, in turns, each in a process of its own. */
async function direct(replica, pair, authority) {
  const echo = fork(join(import.meta.dirname, 'webhook-echo.mjs'), { stdio: 'inherit' });
  echo.send(pair);
  const port = await new Promise((resolve) => echo.once('message', resolve));
  const agent = new Agent({ ca: authority, keepAlive: true, maxSockets: WIDTH });
  const rates = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.bare.push(await rate(port, agent, round));
    rates.ours.push(await rate(replica.port, agent, round));
  }
  agent.destroy();
  echo.kill();
  const [ours, bare] = [rates.ours, rates.bare].map((list) => Math.max(...list));
  console.log(
    `straight to the server, ${WIDTH} at a time: ${Math.round(ours)} reviews/s, a bare echo ${Math.round(bare)}/s: ${((100 * ours) / bare).toFixed(0)} %`,
  );
}

async function rate(port, agent, round) {
  const bodies = Array.from({ length: DIRECT }, (_, at) => Buffer.from(JSON.stringify(reviewOf(pool(`direct-${round}-${at}`)))));
  const began = performance.now();
  await parallel(WIDTH, bodies, async (body) => {
    const { status } = await post(port, body, agent);
    if (status !== 200) throw new Error(`answered ${status}`);
  });
  return (DIRECT * 1000) / (performance.now() - began);
}

function reviewOf(object) {
  const kind = { group: 'karpenter.sh', version: 'v1', kind: 'NodePool' };
  const resource = { group: 'karpenter.sh', version: 'v1', resource: 'nodepools' };
  const request = { uid: 'bench', kind, resource, name: object.metadata.name, operation: 'CREATE', userInfo: { username: 'a' } };
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { ...request, object, oldObject: null, dryRun: true },
  };
}

async function memory(replica, authority) {
  const steady = residentMib(replica.pid, 'VmRSS');
  const agent = new Agent({ ca: authority, keepAlive: true });
  const body = hugeReview();
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(replica.port, body, agent)));
  agent.destroy();
  const judged = answers.filter(({ status }) => status === 200).length;
  const mib = (body.length / 2 ** 20).toFixed(1);
  console.log(
    `memory: ${steady} MiB steady, ${residentMib(replica.pid, 'VmHWM')} MiB at most with eight reviews of ${mib} MiB at a time (${judged} answered)`,
  );
}

function residentMib(pid, field) {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line[1]) / 1024);
}

function at(list, share) {
  return list.toSorted((a, b) => a - b)[Math.min(Math.floor(list.length * share), list.length - 1)];
}
