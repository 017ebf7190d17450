// Every way of writing, by every kind of user, in every mode, under both failure policies, through kubectl: what is denied, what is
// told, and that Karpenter is never in the way of itself.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { hookBy, install, nodeClass, pool, remove, wrong } from './hook.mjs';
import { clear, parallel, pathOf, until, warningsOf } from './lab.mjs';
import { metric, mount, serve } from './serving.mjs';

const rule = 'expire-after-zero';
const karpenter = 'system:serviceaccount:kube-system:karpenter';
const users = {
  admin: [],
  alice: ['--as', 'alice', '--as-group', 'system:masters'],
  karpenter: ['--as', karpenter, '--as-group', 'system:masters'],
};

/** How each way of writing is spelt, and whether it brings a wrong spec in. */
const ways = [
  { name: 'create', args: ['create', '-f', '-'], input: pool('fresh', wrong), isJudged: true },
  { name: 'create with a generated name', args: ['create', '-f', '-'], input: generated(pool('x', wrong)), isJudged: true },
  { name: 'apply of a new object', args: ['apply', '-f', '-'], input: pool('fresh', wrong), isJudged: true },
  { name: 'apply of a change', args: ['apply', '-f', '-'], input: pool('stored', wrong), isJudged: true },
  {
    name: 'server-side apply of a new object',
    args: ['apply', '--server-side', '-f', '-'],
    input: pool('fresh', wrong),
    isJudged: true,
  },
  {
    name: 'server-side apply of a change',
    args: ['apply', '--server-side', '--force-conflicts', '-f', '-'],
    input: pool('stored', wrong),
    isJudged: true,
  },
  {
    name: 'patch',
    args: ['patch', 'nodepool', 'stored', '--type', 'merge', '-p', '{"spec":{"template":{"spec":{"expireAfter":"0s"}}}}'],
    isJudged: true,
  },
  { name: 'replace', args: ['replace', '-f', '-'], input: pool('stored', wrong), isJudged: true },
  { name: 'scale', args: ['scale', 'nodepool', 'static', '--replicas', '3'], isJudged: true, rule: 'budget-percent-of-few' },
  { name: 'annotate', args: ['annotate', 'nodepool', 'doubtful', 'karpenter.sh/nodepool-hash=1'], isJudged: false },
  { name: 'label', args: ['label', 'nodepool', 'doubtful', 'team=a'], isJudged: false },
  {
    name: 'a finalizer',
    args: ['patch', 'nodepool', 'doubtful', '--type', 'merge', '-p', '{"metadata":{"finalizers":["example.com/x"]}}'],
    isJudged: false,
  },
  {
    name: 'status',
    args: [
      'patch',
      'nodepool',
      'doubtful',
      '--subresource',
      'status',
      '--type',
      'merge',
      '-p',
      '{"status":{"resources":{"cpu":"1"}}}',
    ],
    isJudged: false,
  },
  {
    name: 'a change that keeps what was wrong',
    args: ['patch', 'nodepool', 'doubtful', '--type', 'merge', '-p', '{"spec":{"limits":{"cpu":"120"}}}'],
    isJudged: false,
  },
  { name: 'delete', args: ['delete', 'nodepool', 'doubtful', '--wait=false'], isJudged: false },
];

function generated({ metadata: { name: _, ...metadata }, ...rest }) {
  return { ...rest, metadata: { ...metadata, generateName: 'pool-' } };
}

export async function contract({ lab, check, program, tls, authority, recorded }) {
  const config = mkdtempSync(join(tmpdir(), 'poolproof-config-'));
  const kubectl = kubectlOf(lab);
  const configure = (admission) => mount(config, { 'poolproof.yaml': JSON.stringify({ ...base, admission }) });
  configure({ mode: 'warn' });
  await remove(lab);
  for (const stored of [
    nodeClass('default'),
    pool('stored'),
    pool('doubtful', wrong),
    pool('static', { replicas: 20, limits: { nodes: '100' } }),
  ])
    await kubectl(['apply', '-f', '-'], stored);
  const replica = await serve({ program, tls, config, flags: ['--kubeconfig', lab.kubeconfig] });
  recorded.pointTo(replica);
  recorded.around = (await Promise.all(['NodePool', 'EC2NodeClass'].map((kind) => lab.call('GET', pathOf(kind))))).flatMap(
    ({ body }) => itemsOf(body),
  );
  try {
    for (const failurePolicy of ['Ignore', 'Fail']) {
      const probe = async () =>
        warningsOf(await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe', wrong))).length > 0;
      configure({ mode: 'warn' });
      await install(lab, hookBy({ port: recorded.port, authority, failurePolicy }), probe);
      for (const mode of ['off', 'audit', 'warn', 'enforce']) {
        configure({ mode });
        await inMode(replica, mode);
        const asked = Object.keys(users).flatMap((user) => ways.map((way) => ({ user, way })));
        await parallel(4, asked, async ({ user, way }) => {
          const said = await kubectl([...way.args, '--dry-run=server', ...users[user]], way.input);
          const isSeen = way.isJudged && user !== 'karpenter';
          const what = `contract: ${way.name} by ${user}, mode ${mode}, ${failurePolicy}`;
          check(isRight(said, isSeen ? mode : 'off', way.rule ?? rule), what, said);
        });
      }
    }
    await real({ kubectl, check });
    check(
      recorded.kept.every(({ review, answer }) => answer.response.uid === review.request.uid),
      'contract: every answer repeats the uid',
    );
    check((await metric(replica, 'poolproof_errors_total')) === 0, 'contract: nothing crashed');
  } finally {
    await replica.stop();
    await remove(lab);
    await clear(lab);
  }
}

/** The items of a list do not say of what kind they are. */
function itemsOf({ kind, apiVersion, items }) {
  return items.map((item) => ({ apiVersion, kind: kind.replace(/List$/, ''), ...item }));
}

const base = { rules: { 'budget-percent-of-few': { level: 'error' } } };

function isRight({ code, err }, mode, about) {
  const isTold = err.includes(`poolproof: ${about}: `);
  if (mode === 'enforce') return code === 1 && isTold && /is invalid: .*poolproof: /s.test(err);
  if (mode === 'warn') return code === 0 && isTold && /^Warning: poolproof: /m.test(err);
  return code === 0 && !err.includes('poolproof: ');
}

/** What is not rehearsed, in the mode that denies: the object really comes, changes and goes. */
async function real({ kubectl, check }) {
  check((await kubectl(['create', '-f', '-'], pool('fresh', wrong))).code === 1, 'contract: a denied pool is not created');
  check((await kubectl(['get', 'nodepool', 'fresh'])).code === 1, 'contract: … and is not there');
  check((await kubectl(['create', '-f', '-'], pool('fresh'))).code === 0, 'contract: a sound pool is created');
  check(
    (await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], pool('fresh', wrong))).code === 1,
    'contract: it cannot be made wrong',
  );
  check(
    (await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], pool('fresh', { weight: 3 }))).code === 0,
    'contract: it can be changed',
  );
  check(
    (await kubectl(['scale', 'nodepool', 'static', '--replicas', '3'])).code === 1,
    'contract: a scale that is wrong is denied',
  );
  check((await kubectl(['scale', 'nodepool', 'static', '--replicas', '30'])).code === 0, 'contract: another is not');
  check(
    (await kubectl(['delete', 'nodepool', 'doubtful', '--timeout', '10s'])).code === 0,
    'contract: a doubtful pool can be deleted',
  );
}

/** Waits until the configuration that a replica has taken up last is that of a mode. */
async function inMode(replica, mode) {
  const taken = () => [...replica.output().matchAll(/"mode":"(\w+)","msg":"configuration taken up"/g)].at(-1)?.[1];
  await until(() => taken() === mode, `mode ${mode}`);
}

export function kubectlOf({ kubeconfig }) {
  return async (args, input) => {
    const child = spawn('kubectl', args, { env: { ...process.env, KUBECONFIG: kubeconfig } });
    child.stdin.end(input && JSON.stringify(input));
    const code = new Promise((resolve) => child.once('close', resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
}
