// Sends mutilated reviews to `poolproof serve` as it is shipped, and looks at every answer and at its memory.
//   node test/webhook/hostile.mjs [--reviews 100000] [--seed 1] [--connections 16]
// POOLPROOF_PROGRAM names a program that is built already.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    reviews: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    connections: { type: 'string', default: '16' },
  },
});
const [reviews, seed, connections] = [Number(values.reviews), Number(values.seed), Number(values.connections)];
const root = new URL('../..', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'poolproof-hostile-'));
let server;
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
}

async function run() {
  const tools = await bundled();
  const port = await serve(tools);
  const { next } = tools.mutator(tools.hostileBodies, tools.chance(seed));
  const faults = [];
  const decisions = new Map();
  const memory = [];
  let sent = 0;
  const call = caller(port);
  const one = async () => {
    while (sent < reviews && faults.length < 10) {
      if (sent++ % Math.ceil(reviews / 20) === 0) memory.push(await residentMebibytes(port.metrics));
      const body = next();
      const { status, headers, text } = await call(body).catch((error) => ({ status: 0, headers: {}, text: String(error) }));
      const fault = tools.faultyAnswer(body, status, headers, text);
      if (fault !== undefined) faults.push(`${fault}\n${body.slice(0, 2000)}`);
      const decision = status === 200 ? JSON.parse(text).response.auditAnnotations?.decision : status;
      decisions.set(decision, (decisions.get(decision) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  memory.push(await residentMebibytes(port.metrics));
  const errors = server.lines.filter((line) => line.includes('"level":"error"'));
  console.log(`     ${sent} reviews, seed ${seed}: ${[...decisions].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  console.log(`     memory, twenty times: ${memory.map(Math.round).join(' ')} MiB`);
  return report([
    ['every answer is one', faults.slice(0, 3).join('\n')],
    ['no rule crashed, and nothing else did', errors.slice(0, 3).join('\n')],
    ['it still runs', server.exitCode === null ? '' : `it ended with ${server.exitCode}`],
    ['the rules were reached', ['deny', 'skip'].every((name) => decisions.has(name)) ? '' : [...decisions.keys()].join()],
    ['memory is flat after the warm-up', grown(memory)],
  ]);
}

/** The second half of a run may need no more than the first ever did, and a quarter for luck. */
function grown(memory) {
  const half = Math.ceil(memory.length / 2);
  const [before, after] = [Math.max(...memory.slice(0, half)), Math.max(...memory.slice(half))];
  return after <= before * 1.25 ? '' : `${Math.round(before)} MiB at first, ${Math.round(after)} MiB later`;
}

function report(checks) {
  for (const [name, fault] of checks) console.log(fault === '' ? `ok   ${name}` : `FAIL ${name}: ${fault}`);
  const failed = checks.filter(([, fault]) => fault !== '').length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

/** What the tests of the unit suite use too, as a module, and the program as it is shipped. */
async function bundled() {
  const banner = {
    js: "import { createRequire as nodeRequire } from 'node:module';\nconst require = nodeRequire(import.meta.url);",
  };
  const options = { absWorkingDir: root.pathname, bundle: true, platform: 'node', format: 'esm', banner, logLevel: 'error' };
  const outfile = join(folder, 'tools.mjs');
  const contents = [
    "export * from './test/webhook/support/mutate.ts';",
    "export * from './test/webhook/support/hostile-bodies.ts';",
    "export * from './test/webhook/support/faulty-answer.ts';",
    "export * from './webhook/certificates/authority.ts';",
  ].join('\n');
  await build({ ...options, stdin: { contents, resolveDir: root.pathname }, outfile });
  if (!process.env.POOLPROOF_PROGRAM)
    await new Promise((resolve, reject) => {
      const made = spawn(process.execPath, ['.ci/build.mjs', '--out', join(folder, 'dist')], { cwd: root, stdio: 'inherit' });
      made.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the build ended with ${code}`))));
    });
  return import(pathToFileURL(outfile).href);
}

async function serve({ createAuthority, issueLeaf }) {
  const authority = await createAuthority(Date.now());
  const leaf = await issueLeaf(authority, ['localhost', '127.0.0.1'], Date.now());
  writeFileSync(join(folder, 'tls.crt'), leaf.certificate);
  writeFileSync(join(folder, 'tls.key'), leaf.key);
  writeFileSync(join(folder, 'poolproof.yaml'), 'failOn: info\nprofile: production\nadmission: { mode: enforce }\n');
  const flags = ['--tls-dir', '.', '--snapshot', 'none', '--host', '127.0.0.1', '--port', '0', '--metrics-port', '0'];
  server = spawn(process.execPath, [process.env.POOLPROOF_PROGRAM ?? join(folder, 'dist/cli.cjs'), 'serve', ...flags], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=256' },
  });
  server.lines = [];
  // A line a review would be too many to keep.
  server.stdout.on('data', (chunk) =>
    server.lines.push(
      ...String(chunk)
        .split('\n')
        .filter((line) => !line.includes('"msg":"review"')),
    ),
  );
  server.stderr.pipe(process.stderr);
  return { ca: authority.certificate, ...(await ports()) };
}

async function ports() {
  for (;;) {
    const ready = server.lines.find((line) => line.includes('"msg":"ready"'));
    if (ready) {
      const { port, metricsPort } = JSON.parse(ready);
      return { reviews: port, metrics: metricsPort };
    }
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function caller({ reviews: port, ca }) {
  const agent = new Agent({ keepAlive: true, ca, maxSockets: connections });
  return (body) =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method: 'POST', path: '/validate/nodepools?timeout=10s', agent };
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const call = request({ ...options, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
}

async function residentMebibytes(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^poolproof_process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 2 ** 20;
}
