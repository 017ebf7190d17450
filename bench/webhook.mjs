// What the webhook costs: calls through a real API server with and without it and under the exported policies, its server beside a
// bare one, its memory, and a million hostile reviews. Everything in turns in one run; judge the ratios, not the times.
//   node bench/webhook.mjs [--quick] [server] [direct] [memory] [hostile]
// Needs what test/admission/run.mjs needs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { hugeReview, post } from '../test/admission/blockers.mjs';
import { bundled, program } from '../test/admission/bundled.mjs';
import { configurations, hookBy, nodeClass, rendered } from '../test/admission/hook.mjs';
import { clear, pathOf, until, withLab } from '../test/admission/lab.mjs';
import { mount, serve } from '../test/admission/serving.mjs';
import { enforce } from '../test/vap/policies.mjs';
import { bareEcho, direct } from './webhook-direct.mjs';
import { poolLike } from './webhook-pools.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
const isQuick = values.quick;
const isAsked = (part) => positionals.length === 0 || positionals.includes(part);
const ROUNDS = isQuick ? 2 : 5;
const CALLS = isQuick ? 100 : 400;
const DIRECT = isQuick ? 1000 : 6000;
const HOSTILE = isQuick ? 10_000 : 1_000_000;
const work = mkdtempSync(join(tmpdir(), 'poolproof-bench-webhook-'));

try {
  const { createAuthority, issueLeaf } = await import(
    await bundled('webhook/certificates/authority.ts', 'admission-authority.cjs')
  );
  const authority = await createAuthority(Date.now());
  const pair = await issueLeaf(authority, ['127.0.0.1'], Date.now());
  const tls = join(work, 'tls');
  mount(tls, { 'tls.crt': pair.certificate, 'tls.key': pair.key, 'ca.crt': authority.certificate });
  const command = program();
  const replica = (name, said, ...flags) => {
    const config = join(work, name);
    mount(config, { 'poolproof.yaml': JSON.stringify(said) });
    return serve({ program: command, tls, config, flags, environment: { NODE_OPTIONS: nodeOptions() } });
  };
  const configs = {
    'an answer and no judgement': { admission: { mode: 'off' } },
    'no rule': { admission: { mode: 'warn' }, rules: off(command, () => true) },
    "the API's own schema": { admission: { mode: 'warn' }, rules: off(command, (id) => !id.startsWith('api-')) },
    'every rule': { admission: { mode: 'warn' } },
  };
  const opened = [];
  try {
    const open = async (...given) => {
      const one = await replica(...given);
      opened.push(one);
      return one;
    };
    const alone = await open('alone', configs['every rule'], '--snapshot', 'none');
    if (isAsked('server'))
      await withLab('bench-webhook', async (lab) => {
        lab.installCrds('1.15');
        await lab.call('POST', pathOf('EC2NodeClass'), nodeClass('default'));
        const mute = await open('mute', configs['an answer and no judgement'], '--snapshot', 'none');
        const knowing = await open('knowing', configs['every rule'], '--kubeconfig', lab.kubeconfig);
        const echo = await bareEcho(pair);
        opened.push(echo);
        await throughServer(lab, { echo, alone, knowing, mute, authority: authority.certificate, command });
        console.log(`memory after that, with a snapshot: ${residentMib(knowing.pid, 'VmRSS')} MiB`);
        await clear(lab);
      });
    if (isAsked('direct')) {
      const servers = [];
      for (const [name, said] of Object.entries(configs))
        servers.push([name, name === 'every rule' ? alone : await open(name, said, '--snapshot', 'none')]);
      await direct(servers, { pair, authority: authority.certificate, rounds: ROUNDS, reviews: DIRECT });
    }
    if (isAsked('memory')) await memory(alone, authority.certificate);
  } finally {
    for (const one of opened) await one.stop();
  }
  if (isAsked('hostile')) hostile(command);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** As the chart starts a pod. */
function nodeOptions() {
  const pod = rendered({}).find(({ kind }) => kind === 'Deployment').spec.template.spec;
  return pod.containers[0].env.find(({ name }) => name === 'NODE_OPTIONS').value;
}

/** A configuration by which some rules never run. */
function off(command, isOff) {
  const listed = execFileSync(process.execPath, [command, 'rules', '--format', 'json'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const rules = JSON.parse(listed);
  return Object.fromEntries(rules.map(({ id }) => id).flatMap((id) => (isOff(id) ? [[id, 'off']] : [])));
}

function hostile(command) {
  console.log(`hostile reviews:`);
  const script = join(import.meta.dirname, '../test/webhook/hostile.mjs');
  const { status } = spawnSync(process.execPath, [script, '--reviews', String(HOSTILE)], {
    stdio: 'inherit',
    env: { ...process.env, POOLPROOF_PROGRAM: command },
  });
  if (status !== 0) throw new Error('hostile reviews found a fault');
}

/** Rehearsed creations, one after the other; each is of another pool, so that no answer is a remembered one. */
async function throughServer(lab, { echo, alone, knowing, mute, authority, command }) {
  const policies = execFileSync(process.execPath, [command, 'export', 'vap', '--no-config', '-f', 'json'], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const ways = {
    nothing: { set: async () => undefined },
    'policies (CEL)': { set: () => enforce(lab, policies), unset: () => enforce(lab, undefined) },
    'a bare hook that says yes': hooked(lab, echo, authority),
    'webhook, no judgement': hooked(lab, mute, authority),
    'webhook, objects alone': hooked(lab, alone, authority),
    'webhook, with a snapshot': hooked(lab, knowing, authority),
  };
  const times = new Map(Object.keys(ways).map((name) => [name, []]));
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { set, unset }] of Object.entries(ways)) {
      await set();
      for (let call = 0; call < CALLS + 20; call++) {
        const { milliseconds, code } = await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, poolLike(count++));
        if (code !== 201) throw new Error(`a sound pool is answered ${code}`);
        // The first ones open connections.
        if (call >= 20) times.get(name).push(milliseconds);
      }
      await unset?.();
    }
  }
  const base = at(times.get('nothing'), 0.5);
  const bare = at(times.get('a bare hook that says yes'), 0.5);
  console.log(`through the API server, ${ROUNDS} rounds of ${CALLS} calls each:`);
  for (const [name, list] of times) {
    const p50 = at(list, 0.5);
    const more = name === 'nothing' ? '' : `, ${(p50 - base).toFixed(2)} ms more than nothing (x ${(p50 / base).toFixed(2)})`;
    // What calling any webhook costs the API server is nothing that ours could save.
    const own = name.startsWith('webhook') ? `, ${(p50 - bare).toFixed(2)} ms more than the bare hook` : '';
    console.log(`  ${name.padEnd(26)} p50 ${p50.toFixed(2)} ms, p99 ${at(list, 0.99).toFixed(1)} ms${more}${own}`);
  }
}

function hooked(lab, replica, authority) {
  const configuration = hookBy({ port: replica.port, authority, failurePolicy: 'Fail', timeoutSeconds: 15 });
  const counted = replica.counted ?? (() => reviewsOf(replica));
  return {
    set: async () => {
      await lab.call('POST', configurations, configuration);
      const before = await counted();
      await until(async () => {
        await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, poolLike('probe'));
        return (await counted()) > before;
      }, 'the webhook is called');
    },
    unset: async () => {
      await lab.call('DELETE', `${configurations}/poolproof`);
      await until(async () => {
        const before = await counted();
        await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, poolLike('probe'));
        return (await counted()) === before;
      }, 'the webhook is gone');
    },
  };
}

async function reviewsOf(replica) {
  const { text } = await replica.ask('/metrics');
  return Number(/poolproof_admission_requests_total\{[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
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
