// `kubectl scale`: the policies on nodepools/scale against the engine's verdict on the pool with the other number.
import { execFileSync } from 'node:child_process';
import { parallel, pathOf, until } from '../admission/lab.mjs';
import { generator } from './corpus.mjs';
import { brokenRules, enforce, wrong } from './policies.mjs';

const pools = pathOf('NodePool');
const few = 'budget-percent-of-few';
const sentinel = staticPool('sentinel', { replicas: 30, budgets: [{ nodes: '10%' }] });

function staticPool(name, { replicas, budgets, limits, annotations = {} }) {
  const { apiVersion, kind, spec } = wrong.NodePool;
  const disruption = { consolidateAfter: '0s', budgets };
  return {
    apiVersion,
    kind,
    metadata: { name, annotations },
    spec: { ...spec, disruption, replicas, ...(limits && { limits }) },
  };
}

const as = (user) => ({ 'impersonate-user': user, 'impersonate-group': 'system:masters' });
const spared = as('robot');

const scaleOf = (name, replicas) => ({
  apiVersion: 'autoscaling/v1',
  kind: 'Scale',
  metadata: { name },
  spec: { replicas },
});
const scale = ({ call }, name, replicas, more = {}) =>
  call('PUT', `${pools}/${name}/scale?dryRun=All`, scaleOf(name, replicas), more);

/** Under policies that warn. Each pool to several numbers: the policy names the rules that the engine finds of the pool with the new number and not with the old one. */
export async function compareScales({ lab, check, judge, what, seed }) {
  const names = Array.from({ length: 40 }, (_, at) => `static-${at}`);
  const random = generator(seed);
  for (const name of names) await lab.call('POST', pools, staticPool(name, randomly(random)));
  await known(lab, (answer) => brokenRules(answer).includes(few));
  const asked = names.flatMap((name) => Array.from({ length: 6 }, () => ({ name, to: Math.floor(random() ** 3 * 45) })));
  const stored = new Map();
  for (const name of names) stored.set(name, (await lab.call('GET', `${pools}/${name}`)).body);
  const broken = (pool, replicas) => new Set(judge({ ...pool, spec: { ...pool.spec, replicas } }).map(({ rule }) => rule));
  const answers = await parallel(8, asked, ({ name, to }) => scale(lab, name, to));
  let told = 0;
  for (const [at, { name, to }] of asked.entries()) {
    const pool = stored.get(name);
    const before = broken(pool, pool.spec.replicas);
    const rules = [...broken(pool, to)].filter((rule) => !before.has(rule)).sort();
    const said = brokenRules(answers[at]);
    told += said.length;
    const does = `${name} from ${pool.spec.replicas} to ${to}: the policies say [${said}], the engine [${rules}]`;
    check(answers[at].code === 200 && said.join() === rules.join(), `${what}: scale ${does}: ${JSON.stringify(pool.spec)}`);
  }
  check(told > 10, `${what}: scales bring findings in: ${told}`);
  for (const name of [...names, 'sentinel']) await lab.call('DELETE', `${pools}/${name}`);
  console.log(`${what}: ${told} of ${asked.length} scales bring something in`);
}

function randomly(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const budgets = Array.from({ length: pick([1, 1, 2]) }, () => ({
    nodes: pick(['0', '2', '0%', '3%', '5%', '10%', '20%', '35%', '60%', '100%']),
  }));
  const annotations = random() < 0.15 ? { 'poolproof.dev/allow': `${few} -- a lab` } : {};
  return {
    replicas: pick([0, 2, 7, 20, 25, 40]),
    budgets,
    annotations,
    ...(random() < 0.4 && { limits: { nodes: pick(['3', '50', '1e1']) } }),
  };
}

/** Pools reach the policies as parameters some time after they are stored, one after the other. */
async function known(lab, isJudged) {
  await lab.call('POST', pools, sentinel, spared);
  await until(async () => isJudged(await scale(lab, 'sentinel', 2)), 'a policy for nodepools/scale is in force');
}

/** Who is let through, and what kubectl shows. */
export async function scaleRequests({ lab, check, exporting }) {
  const denies = ({ code, body }) => code === 422 && body.message.includes(`poolproof: ${few}: `);
  const config = {
    failOn: 'info',
    admission: {
      mode: 'enforce',
      exemptions: [
        { rules: [few], kinds: ['NodePool'], names: ['legacy-*'], reason: 'old' },
        { users: ['robot'], reason: 'it knows' },
      ],
    },
  };
  await enforce(lab, exporting(['--failure-policy', 'Fail'], config));
  const large = { replicas: 30, budgets: [{ nodes: '10%' }] };
  const allow = { 'poolproof.dev/allow': `${few} -- a lab` };
  await lab.call('POST', pools, staticPool('legacy-a', large), spared);
  await lab.call('POST', pools, staticPool('allowed', { ...large, annotations: allow }), spared);
  const { body: dynamic } = await lab.call(
    'POST',
    pools,
    { ...wrong.NodePool, metadata: { name: 'dynamic' }, spec: { ...wrong.NodePool.spec, limits: { cpu: '1', memory: '4Gi' } } },
    spared,
  );
  check(dynamic.kind === 'NodePool', `scale: a pool without a number is stored: ${dynamic.message}`);
  await known(lab, denies);

  check(denies(await scale(lab, 'sentinel', 2)), 'scale: what it brings in is denied');
  check((await scale(lab, 'sentinel', 29)).code === 200, 'scale: to a number of which nothing is found passes');
  check((await scale(lab, 'legacy-a', 2)).code === 200, 'scale: an exemption of a name holds');
  check((await scale(lab, 'allowed', 2)).code === 200, 'scale: so does the annotation of the pool');
  check((await scale(lab, 'sentinel', 2, spared)).code === 200, 'scale: and the exemption of a user');
  const karpenter = as('system:serviceaccount:kube-system:karpenter');
  check((await scale(lab, 'sentinel', 2, karpenter)).code === 200, "scale: Karpenter's own write is not judged");
  const { code, body } = await scale(lab, 'dynamic', 2);
  check(code === 422 && !body.message.includes('poolproof'), `scale: a pool without a number gets none: ${code} ${body.message}`);

  const kubectl = (...args) => {
    try {
      return execFileSync('kubectl', args, {
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, KUBECONFIG: lab.kubeconfig },
      });
    } catch (error) {
      return error.stderr;
    }
  };
  check(kubectl('scale', 'nodepool', 'sentinel', '--replicas', '3').includes(`poolproof: ${few}: `), 'kubectl scale is denied');
  check(
    kubectl('scale', 'nodepool', 'sentinel', '--replicas', '20').includes('scaled'),
    'kubectl scale to another number is not',
  );
  const held = { metadata: { finalizers: ['example.com/hold'] } };
  const merge = { 'content-type': 'application/merge-patch+json' };
  await lab.call('PATCH', `${pools}/sentinel`, held, merge);
  await lab.call('DELETE', `${pools}/sentinel`);
  await until(async () => (await scale(lab, 'sentinel', 2)).code === 200, 'a pool that is going is not judged').then(
    () => check(true, 'scale: a pool that is going is not judged'),
    ({ message }) => check(false, message),
  );
  await lab.call('PATCH', `${pools}/sentinel`, { metadata: { finalizers: null } }, merge);
  for (const name of ['legacy-a', 'allowed', 'dynamic']) await lab.call('DELETE', `${pools}/${name}`);
  await enforce(lab, undefined);
}
