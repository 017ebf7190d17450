import { writeFileSync } from 'node:fs';
import { check, fits, holds } from './checks.mjs';
import { commandLine } from './cli.mjs';
import { administrator, allow, apply, get, isListed, kubeconfig, kubeconfigOf, kubectl, until } from './lab.mjs';
import { clusterPolicyReports, clusterReports } from './report-crds.mjs';
import { deployment, namespace, nodeClass, pool } from './samples.mjs';

/** `poolproof scan` over the lab. */
export async function scanSuite({ product, cli, work }) {
  const scan = commandLine(cli, { KUBECONFIG: kubeconfig });
  const run = (...args) => scan('scan', '--no-config', ...args);
  await refusals(scan, run, work);
  fill();
  await parity(scan, run, work);
  await facts(run);
  await rights({ product, cli, work });
  await ways({ cli, work });
  await reports(run);
  await shards(run);
}

async function refusals(scan, run, work) {
  const nowhere = await scan('scan', '--no-config', '--kubeconfig', `${work}/nowhere`);
  check(
    'a kubeconfig that is not there',
    [nowhere.code, nowhere.err],
    [2, `poolproof: the kubeconfig ${work}/nowhere does not exist\n`],
  );
  writeFileSync(`${work}/broken`, 'clusters: [{}]\n');
  const broken = await scan('scan', '--no-config', '--kubeconfig', `${work}/broken`);
  holds('one that is broken', broken.code === 2 && /cannot be read: clusters\[0\]\.name is missing/.test(broken.err), broken.err);
  const context = await run('--context', 'prod');
  check(
    'a context that is not in it',
    [context.code, context.err],
    [2, 'poolproof: the kubeconfig has no context "prod"; it has lab\n'],
  );
  const silent = await scan(
    'scan',
    '--no-config',
    '--kubeconfig',
    kubeconfigOf(`${work}/silent`, { server: 'https://127.0.0.1:1' }),
  );
  holds('a server that is not there', silent.code === 2 && /does not answer: .*ECONNREFUSED/.test(silent.err), silent.err);
  const stranger = await scan(
    'scan',
    '--no-config',
    '--kubeconfig',
    kubeconfigOf(`${work}/stranger`, { user: () => ({ token: 'x' }) }),
  );
  holds('a login that is refused', stranger.code === 2 && /nodepools.*Unauthorized/.test(stranger.err), stranger.err);
  const shard = await run('--shard', '3/2');
  check(
    'a shard that cannot be',
    [shard.code, shard.err],
    [2, 'poolproof: --shard: "3/2" is not a part such as 1/4 (of at most 1000)\n'],
  );
  const nothing = await run('--write-reports');
  holds(
    'no place for reports',
    nothing.code === 2 && nothing.err.includes('neither clusterreports.openreports.io nor'),
    nothing.err,
  );
}

const gpu = pool('gpu', { limits: { cpu: '10' } }, [
  { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['g'] },
  { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
]);
const torn = pool('torn', {}, [
  { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
  { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] },
]);

function fill() {
  apply(namespace('shop'), nodeClass, gpu, torn, pool('general'), pool('orphan', { template: orphanTemplate() }));
  apply(...Array.from({ length: 520 }, (_, at) => deployment('shop', `app-${at}`)));
  apply(deployment('shop', 'lost', { tolerations: [{ key: 'gpu', operator: 'Exists' }], nodeSelector: { team: 'none' } }));
}

function orphanTemplate() {
  const { template } = pool('x').spec;
  return { spec: { ...template.spec, nodeClassRef: { ...template.spec.nodeClassRef, name: 'absent' } } };
}

const essence = ({ rule, check: condition, severity, message, object, path, fingerprint }) =>
  JSON.stringify([rule, condition, severity, message, object, path, fingerprint]);

/** What the same objects give as files. */
async function parity(scan, run, work) {
  const exported = `${work}/exported.json`;
  const kinds = 'nodepools,ec2nodeclasses,deployments,namespaces,priorityclasses';
  writeFileSync(exported, kubectl(['get', kinds, '-A', '-o', 'json']));
  const scanned = await run('--format', 'json', '--kubernetes-version', '1.35');
  const linted = await scan(
    'lint',
    '--no-config',
    '--closed-world',
    '--kubernetes-version',
    '1.35',
    '--format',
    'json',
    exported,
  );
  const [ours, theirs] = [scanned, linted].map((result) => result.json().diagnostics.map(essence).sort());
  holds('there is something to find', ours.length > 5, ours);
  check('the same findings as lint has on the exported objects', ours, theirs);
  fits('as JSON of the schema', scanned.json(), 'lint');
  check('the same exit code', scanned.code, linted.code);
  check('errors fail the scan', scanned.code, 1);
  const { summary, diagnostics } = scanned.json();
  check('everything was read, over several pages', summary.otherObjects >= 521, true);
  check(
    'an object without a file has a name of that sort',
    diagnostics.find(({ rule }) => rule === 'ref-nodeclass-missing')?.file,
    'cluster/NodePool/orphan',
  );
  const text = await run('--fail-on', 'never');
  holds('as text: one line a finding, named by the object', text.out.includes('cluster/NodePool/torn: error: '), text.out);
  check('--fail-on never', text.code, 0);
}

async function facts(run) {
  const { target } = (await run('--format', 'json')).json();
  check('the version of Kubernetes is asked of the server', target.kubernetesVersion, '1.35');
  apply(namespace('kube-system'), karpenter('1.14.3', { PREFERENCE_POLICY: 'Ignore' }));
  const told = (await run('--format', 'json')).json().target;
  check("Karpenter's is read off its Deployment", told.karpenterVersion, '1.14.3');
  const said = (await run('--format', 'json', '--karpenter-version', '1.13')).json().target;
  check('a flag outranks it', said.karpenterVersion, '1.13');
  apply(karpenter('9.9.9'));
  const unknown = await run('--format', 'json');
  check('one that nobody knows is judged as the newest', unknown.json().target.karpenterVersion, '1.15');
  holds('and that is said', unknown.err.includes('Karpenter 9.9.9 runs there, which is not known'), unknown.err);
  kubectl(['delete', 'deployment', '-n', 'kube-system', 'karpenter']);
}

function karpenter(version, variables = {}) {
  const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const containers = [{ name: 'controller', image: `public.ecr.aws/karpenter/controller:${version}`, env }];
  return deployment('kube-system', 'karpenter', { containers });
}

async function rights({ product, cli, work }) {
  const user = 'scanner';
  const file = kubeconfigOf(`${work}/scanner`, { user: (own) => ({ ...own, as: user }) });
  const scan = commandLine(cli, { KUBECONFIG: file });
  const needed = product.scanAccess(true);
  await allow(
    user,
    needed.filter(({ apiGroups }) => !apiGroups.includes('policy')),
  );
  const partial = await scan('scan', '--no-config', '--format', 'json', '--fail-on', 'never');
  check(
    'a kind that may not be read is named, and the rest is judged',
    partial.json().notChecked.map(({ file: of, reason }) => [of, reason]),
    [['cluster/PodDisruptionBudget', 'forbidden']],
  );
  check('and is no failure', partial.code, 0);
  await allow(
    user,
    needed.filter(({ apiGroups }) => !apiGroups.includes('karpenter.sh')),
  );
  const blind = await scan('scan', '--no-config', '--fail-on', 'never');
  check(
    "without Karpenter's own kinds there is no verdict",
    [blind.code, /could not be judged: cluster\/NodePool/.test(blind.err)],
    [2, true],
  );
  await allow(user, needed);
  const whole = await scan('scan', '--no-config', '--format', 'json', '--fail-on', 'never');
  check('the rights that are written down are enough', [whole.code, whole.json().notChecked], [0, []]);
}

/** Every way to log in that a kubeconfig knows and this API server takes. */
async function ways({ cli, work }) {
  const { token } = administrator();
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
  const print = `if (!JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec) process.exit(1); console.log(process.env.CREDENTIAL)`;
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', print],
    env: [{ name: 'CREDENTIAL', value: JSON.stringify(credential) }],
    interactiveMode: 'Never',
  };
  const file = kubeconfigOf(`${work}/exec`, { user: () => ({ exec }) });
  const plugin = await commandLine(cli, { KUBECONFIG: file })('scan', '--no-config', '--fail-on', 'never');
  check('a login plugin', plugin.code, 0);
  const missing = kubeconfigOf(`${work}/missing`, { user: () => ({ exec: { ...exec, command: 'no-such-plugin' } }) });
  const failed = await commandLine(cli, { KUBECONFIG: missing })('scan', '--no-config');
  holds(
    'one that is not installed',
    failed.code === 2 && /no credentials for the context "lab": .*no-such-plugin/.test(failed.err),
    failed.err,
  );
  writeFileSync(`${work}/first`, JSON.stringify({ apiVersion: 'v1', kind: 'Config', contexts: [], clusters: [], users: [] }));
  const merged = commandLine(cli, { KUBECONFIG: `${work}/first:${work}/absent:${kubeconfig}` });
  check('several files in KUBECONFIG', (await merged('scan', '--no-config', '--fail-on', 'never')).code, 0);
}

const MANAGED = ['-l', 'app.kubernetes.io/managed-by=poolproof'];
const versions = (kind) =>
  Object.fromEntries(get(kind, ...MANAGED).items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]));

async function reports(run) {
  apply(clusterPolicyReports);
  await served('wgpolicyk8s.io', 'clusterpolicyreports');
  const first = await run('--write-reports', '--format', 'json');
  check('reports do not change the exit code', first.code, 1);
  const { items } = get('clusterpolicyreports', ...MANAGED);
  const pools = items.find(({ metadata }) => metadata.name === 'poolproof-nodepool');
  const found = first.json().diagnostics.filter(({ object }) => object?.kind === 'NodePool');
  check('one a kind, each finding in it', pools.results.length, found.length);
  check('with the errors counted', pools.summary.fail, found.filter(({ severity }) => severity === 'error').length);
  const sample = pools.results.find(({ policy }) => policy === 'ref-nodeclass-missing');
  check('of which object', sample.resources, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: 'orphan' }]);
  holds(
    'a class without an error has its report too',
    items.some(({ metadata }) => metadata.name === 'poolproof-ec2nodeclass'),
  );

  const before = versions('clusterpolicyreports');
  const second = await run('--write-reports');
  check('what has not changed is not written', versions('clusterpolicyreports'), before);
  holds('and that is said', /0 created, 0 updated, \d+ unchanged, 0 deleted/.test(second.err), second.err);
  kubectl(['patch', 'nodepool', 'general', '--type', 'merge', '-p', '{"spec":{"limits":{"cpu":"100","memory":"400Gi"}}}']);
  await run('--write-reports');
  const after = versions('clusterpolicyreports');
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  check('only what has changed is', changed, ['poolproof-nodepool']);
  kubectl(['delete', 'ec2nodeclass', 'default', '--wait=false']);
  await run('--write-reports');
  check(
    'a report of which nothing is left goes',
    Object.keys(versions('clusterpolicyreports')).includes('poolproof-ec2nodeclass'),
    false,
  );

  apply(clusterReports);
  await served('openreports.io', 'clusterreports');
  await run('--write-reports');
  holds('openreports where both are served', Object.keys(versions('clusterreports')).includes('poolproof-nodepool'));
}

/** A new kind is told of first, and can be listed a moment later. */
async function served(group, kind) {
  await until(() => kubectl(['api-resources', '--api-group', group, '-o', 'name']) !== '');
  await until(() => isListed(kind));
}

async function shards(run) {
  const whole = (await run('--format', 'json')).json();
  const parts = [];
  for (const index of [1, 2, 3]) parts.push((await run('--format', 'json', '--shard', `${index}/3`, '--write-reports')).json());
  const findings = ({ diagnostics }) => diagnostics.map(essence);
  check('the findings of all shards are those of a scan', parts.flatMap(findings).sort(), findings(whole).sort());
  const sum = (key) => parts.reduce((total, { summary }) => total + summary[key], 0);
  check(
    'and their counts add up',
    ['objects', 'otherObjects', 'errors', 'warnings', 'infos'].map(sum),
    ['objects', 'otherObjects', 'errors', 'warnings', 'infos'].map((key) => whole.summary[key]),
  );
  const names = Object.keys(versions('clusterreports'));
  check(
    'each shard has reports of its own, and that of the whole is gone',
    [names.some((name) => /-[123]-of-3$/.test(name)), names.some((name) => !/-of-3$/.test(name))],
    [true, false],
  );
  await run('--write-reports');
  check(
    'the next whole scan takes them away',
    Object.keys(versions('clusterreports')).some((name) => name.includes('-of-')),
    false,
  );
}
