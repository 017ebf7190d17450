// Reviews straight to the server, beside a bare fastify that sends a fixed answer: the same bodies in turns, each server a process.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { post } from '../test/admission/blockers.mjs';
import { parallel } from '../test/admission/lab.mjs';
import { poolLike } from './webhook-pools.mjs';

const WIDTH = 16;
/** Clock ticks of `/proc/<pid>/stat`, in microseconds. */
const TICK = 10_000;

/** Milliseconds for which a server rehearses after its start, and more. */
const REHEARSED = 30_000;

/** `servers` are `[what they judge by, replica]`. */
export async function direct(servers, { pair, authority, rounds, reviews }) {
  const echo = await bareEcho(pair);
  const agent = new Agent({ ca: authority, keepAlive: true, maxSockets: WIDTH });
  const last = servers.at(-1)[1];
  const rows = [
    ['a bare echo', echo],
    ...servers,
    // GitOps tools send what they are about to write as a dry run first.
    ['every rule, dry run and then write', last, (number) => bodyOf(`pair-${Math.floor(number / 2)}`, number % 2 === 0)],
    ['every rule, the same pool again', last, () => bodyOf('again')],
    ['every rule, the same with a finding', last, () => bodyOf('again', true, { limits: {} })],
  ].map(([name, server, body]) => ({ name, server, body: body ?? bodyOf, rates: [], costs: [] }));
  await wait(REHEARSED);
  let count = 0;
  for (let round = -1; round < rounds; round++) {
    for (const { server, body, rates, costs } of rows) {
      const bodies = Array.from({ length: reviews }, () => body(count++));
      const { rate, cost } = await measured(server, agent, bodies);
      // The first round warms up.
      if (round >= 0) {
        rates.push(rate);
        costs.push(cost);
      }
    }
  }
  agent.destroy();
  echo.stop();
  const bare = Math.max(...rows[0].rates);
  console.log(`straight to the server, ${WIDTH} at a time, best of ${rounds} rounds of ${reviews}:`);
  for (const { name, rates, costs } of rows) {
    const rate = Math.max(...rates);
    const share = ((100 * rate) / bare).toFixed(0);
    console.log(
      `  ${name.padEnd(36)} ${Math.round(rate)} reviews/s (${share} %), ${(Math.min(...costs) / 1000).toFixed(2)} ms of CPU each`,
    );
  }
}

/** Beside its port it tells how often it was called. */
export async function bareEcho(pair) {
  const echo = fork(join(import.meta.dirname, 'webhook-echo.mjs'), { stdio: 'inherit' });
  const reply = () => new Promise((resolve) => echo.once('message', resolve));
  echo.send(pair);
  const port = await reply();
  const counted = () => {
    echo.send('how often?');
    return reply();
  };
  return { port, pid: echo.pid, counted, stop: () => echo.kill() };
}

async function measured({ port, pid }, agent, bodies) {
  const [before, began] = [cpuOf(pid), performance.now()];
  await parallel(WIDTH, bodies, async (body) => {
    const { status } = await post(port, body, agent);
    if (status !== 200) throw new Error(`answered ${status}`);
  });
  return { rate: (bodies.length * 1000) / (performance.now() - began), cost: (cpuOf(pid) - before) / bodies.length };
}

/** Microseconds that a process has had so far. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

function bodyOf(number, dryRun = true, spec = {}) {
  const sound = poolLike(number);
  const object = { ...sound, spec: { ...sound.spec, ...spec } };
  const kind = { group: 'karpenter.sh', version: 'v1', kind: 'NodePool' };
  const resource = { group: 'karpenter.sh', version: 'v1', resource: 'nodepools' };
  const request = { uid: 'bench', kind, resource, name: object.metadata.name, operation: 'CREATE', userInfo: { username: 'a' } };
  const review = { ...request, object, oldObject: null, dryRun };
  return Buffer.from(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: review }));
}
