// One corpus through `lint`, `serve` and `scan`: the same rules with the same messages. (`export vap` has a suite of its own.)
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { corpus, generator } from '../vap/corpus.mjs';
import { post } from './blockers.mjs';
import { bundled } from './bundled.mjs';
import { nodeClass } from './hook.mjs';
import { clear, parallel, pathOf } from './lab.mjs';
import { mount, serve } from './serving.mjs';

/** So many objects are asked about one by one, and so many live in the cluster together. */
const SINGLE = 40;
const TOGETHER = 24;

/** In a file it stands for something else, in a cluster for itself. */
const placeholder = /\$\{|\{\{|<[A-Z_]+>/;

export async function parity({ lab, check, program, tls, authority }) {
  await clear(lab);
  const { examples } = await import(await bundled('test/vap/engine.ts', 'vap-engine.cjs'));
  const objects = shuffled(
    corpus(examples).filter((object) => !placeholder.test(JSON.stringify(object))),
    generator(3),
  );
  const answers = await parallel(8, objects, (object) =>
    lab.call('POST', `${pathOf(object.kind)}?dryRun=All&fieldValidation=Ignore`, object),
  );
  const stored = answers.filter(({ code }) => code === 201).map(({ body }, at) => bare(body, `case-${at}`));
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-parity-'));
  mount(folder, { 'poolproof.yaml': 'karpenterVersion: "1.15"\nadmission: { mode: warn }\n' });
  const run = runnerOf(program, folder);
  await oneByOne({ check, program, tls, authority, config: folder, run }, stored.slice(0, SINGLE));
  await together({ lab, check, run }, stored.slice(SINGLE, SINGLE + TOGETHER));
  await clear(lab);
}

async function oneByOne({ check, program, tls, authority, config, run }, objects) {
  const replica = await serve({ program, tls, config, flags: ['--snapshot', 'none'] });
  const agent = new Agent({ ca: authority, keepAlive: true });
  try {
    await parallel(2, objects, async (object, at) => {
      const file = join(config, `case-${at}.json`);
      writeFileSync(file, JSON.stringify(object));
      const found = ofAdmission(await run(['lint', '--format', 'json', '--config', join(config, 'poolproof.yaml'), file]));
      const { text: said } = await post(replica.port, Buffer.from(JSON.stringify(reviewOf(object))), agent);
      const { warnings = [], auditAnnotations } = JSON.parse(said).response;
      const rules = (auditAnnotations.rules ?? '').split(',').filter(Boolean).sort();
      const expected = [...new Set(found.map(({ rule }) => rule))].sort();
      check(rules.join() === expected.join(), `parity: serve [${rules}] and lint [${expected}] find the same`, object);
      const texts = found.map(({ rule, message }) => `poolproof: ${rule}: ${message.replaceAll(/\s+/g, ' ')}`);
      const strange = warnings.filter((warning) => !/and \d+ more/.test(warning) && !texts.some((each) => isSame(each, warning)));
      check(strange.length === 0, 'parity: serve words them as lint does', { strange, texts });
    });
  } finally {
    agent.destroy();
    await replica.stop();
  }
}

/** A warning is cut where it grows too long. */
function isSame(whole, warning) {
  return whole === warning || (warning.endsWith('…') && whole.startsWith(warning.slice(0, -1).trimEnd()));
}

async function together({ lab, check, run }, objects) {
  for (const object of [nodeClass('default'), ...objects])
    await lab.call('POST', `${pathOf(object.kind)}?fieldValidation=Ignore`, object);
  const kinds = await Promise.all(['NodePool', 'EC2NodeClass', 'NodeOverlay'].map((kind) => lab.call('GET', pathOf(kind))));
  const items = kinds.flatMap(({ body }) =>
    body.items.map((item) => ({ apiVersion: body.apiVersion, kind: body.kind.replace(/List$/, ''), ...item })),
  );
  const facts = ['--karpenter-version', '1.15', '--kubernetes-version', '1.35', '--no-config', '--format', 'json'];
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const linted = ofAdmission(await run(['lint', ...facts, '--closed-world', '-'], list));
  const scanned = ofAdmission(await run(['scan', ...facts, '--kubeconfig', lab.kubeconfig]));
  const lines = (diagnostics) =>
    diagnostics.map(({ rule, object, message }) => `${rule} ${object?.kind}/${object?.name}: ${message}`).sort();
  const [a, b] = [lines(linted), lines(scanned)];
  check(a.length > 50, 'parity: the cluster has findings', a.length);
  const only = (some, others) => some.filter((line) => !others.includes(line));
  check(only(a, b).length + only(b, a).length === 0, `parity: scan and lint say the same of ${items.length} objects`, {
    lint: only(a, b).slice(0, 5),
    scan: only(b, a).slice(0, 5),
  });
}

/** What only a file can have wrong, no cluster has. */
const ofFiles = new Set(['api-controller-owned-field', 'api-nodeclaim-in-git', 'api-unknown-field']);

function ofAdmission({ diagnostics }) {
  return diagnostics.filter(({ rule, suppressed }) => !suppressed && !ofFiles.has(rule));
}

function runnerOf(program, cwd) {
  return async (args, input = '') => {
    const child = spawn(process.execPath, [program, ...args], { cwd });
    child.stdin.end(input);
    const code = new Promise((resolve) => child.once('close', resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (![0, 1].includes(await code)) throw new Error(`${args.join(' ')}: ${err}`);
    return JSON.parse(out);
  };
}

const resources = {
  NodePool: ['karpenter.sh', 'v1', 'nodepools'],
  EC2NodeClass: ['karpenter.k8s.aws', 'v1', 'ec2nodeclasses'],
  NodeOverlay: ['karpenter.sh', 'v1alpha1', 'nodeoverlays'],
};

function reviewOf(object) {
  const [group, version, resource] = resources[object.kind];
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: 'parity',
      kind: { group, version, kind: object.kind },
      resource: { group, version, resource },
      name: object.metadata.name,
      operation: 'CREATE',
      userInfo: { username: 'alice' },
      object,
      oldObject: null,
      dryRun: true,
    },
  };
}

function bare({ apiVersion, kind, metadata: { labels, annotations }, spec }, name) {
  return { apiVersion, kind, metadata: { name, ...(labels && { labels }), ...(annotations && { annotations }) }, spec };
}

function shuffled(items, random) {
  return items
    .map((item) => [random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
