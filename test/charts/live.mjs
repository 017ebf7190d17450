// The chart installed by Helm into a real API server, and its pod as a process: with the flags, the configuration and the rights that
// the chart gives it. There is no kubelet, so the API server calls localhost, and the script of `helm test` runs here too.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hooksInForce } from '../lab/in-force.mjs';
import { check, checkRun } from './checks.mjs';
import { must } from './lab.mjs';
import { badPool, Pod } from './pod.mjs';
import { chart, namespace, objectsOf, run } from './render.mjs';
import { helm } from './tools.mjs';

const configuration = 'validatingwebhookconfiguration/poolproof';

export async function checkLive(lab, work, cli) {
  const { kubectl, kubeconfig } = lab;
  const [port, metricsPort] = [await freePort(), await freePort()];
  const values = {
    // As long as can be, so that a busy machine does not look like a pod that does not answer.
    webhook: { url: `https://localhost:${port}`, port, host: '127.0.0.1', timeoutSeconds: 30 },
    metrics: { port: metricsPort },
    drainSeconds: 1,
  };
  const file = join(work, 'live.yaml');
  writeFileSync(file, JSON.stringify(values));
  const withHelm = (verb, ...args) =>
    run(helm(), [verb, 'poolproof', '--namespace', namespace, ...args], { env: { KUBECONFIG: kubeconfig } });
  const bundles = () =>
    JSON.parse(must(kubectl(['get', configuration, '-o', 'json']))).webhooks.map(({ clientConfig }) => clientConfig.caBundle);

  checkRun('helm install', withHelm('install', chart, '--values', file), 0, /NOTES:\nPoolproof /);
  const objects = objectsOf(must(withHelm('template', chart, '--values', file)));
  const pod = new Pod({ objects, lab, cli, folder: join(work, 'live'), metricsPort });
  try {
    await pod.start();
    check('live: the pod becomes ready with the rights that the chart gives it', await comes(() => pod.isReady()), pod.log());
    await hooksInForce(lab);
    check('live: it published its authority in every entry', bundles().length === 4 && bundles().every(Boolean));
    await judging(pod, kubectl);
    const before = bundles().join();
    checkRun('helm upgrade', withHelm('upgrade', chart, '--values', file, '--set', 'logLevel=debug'), 0);
    check('live: an upgrade leaves the authority in place', bundles().join() === before);
    checkRun('helm rollback', withHelm('rollback', '1'), 0);
    check('live: so does a rollback', bundles().join() === before);
    rights(kubectl);
    await disarmed(kubectl, withHelm, file);
    check('live: put back, it becomes ready again', await comes(() => pod.isReady()), pod.log());
    check('live: SIGTERM ends it with 0', (await pod.stop()) === 0, pod.log());
    const gone = kubectl(['create', '--dry-run=server', '-f', '-'], badPool);
    checkRun('live: without a pod, pools pass as before', gone, 0, /created \(server dry run\)/);
    await leftClosed(kubectl, withHelm, file);
  } finally {
    await pod.stop();
    checkRun('helm uninstall', withHelm('uninstall'), 0);
  }
  const left = must(kubectl(['get', 'clusterroles,clusterrolebindings,validatingwebhookconfigurations', '-o', 'name']));
  const inside = must(kubectl(['get', 'all,secrets,roles,rolebindings', '--namespace', namespace, '-o', 'name']));
  check('live: and leaves nothing behind', !`${left}${inside}`.includes('poolproof'), `${left}${inside}`);
}

/** Row 3 of what befell others: uninstalled while it failed closed and nobody answered. */
async function leftClosed(kubectl, withHelm, file) {
  const create = () => kubectl(['create', '--dry-run=server', '-f', '-'], badPool);
  must(withHelm('upgrade', chart, '--values', file, '--set', 'webhook.failurePolicy=Fail'));
  check('live: row 3: without a pod, Fail refuses', await comes(() => create().status === 1));
  checkRun('live: row 3: it can be uninstalled all the same', withHelm('uninstall'), 0);
  check('live: row 3: and then pools can be changed', await comes(() => create().status === 0), create().stderr);
  checkRun('live: row 4: and installed anew', withHelm('install', chart, '--values', file), 0);
}

async function judging(pod, kubectl) {
  const create = () => kubectl(['create', '--dry-run=server', '-f', '-'], badPool);
  checkRun('live: mode warn warns', create(), 0, /Warning: poolproof: budget-cron-invalid: /);
  const { env } = pod.helmTest();
  check('live: helm test expects that', env.EXPECT === 'warned', env.EXPECT);
  checkRun('live: helm test', await pod.runHelmTest(), 0, /^ok$/m);
  checkRun('live: helm test sees another mode', await pod.runHelmTest({ EXPECT: 'refused' }), 1, /was warned and not refused/);
  checkRun(
    'live: helm test sees pods that are not ready',
    await pod.runHelmTest({ READY_URL: 'http://127.0.0.1:1/readyz' }),
    1,
    /127\.0\.0\.1:1/,
  );

  await pod.configure((text) => text.replace('mode: warn', 'mode: enforce'));
  const refused = await comes(() => create().status === 1);
  check('live: an edit of the configuration is taken up by the running pod', refused);
  checkRun('live: mode enforce refuses', create(), 1, /The NodePool "live" is invalid[\s\S]*poolproof: budget-cron-invalid/);
  checkRun('live: helm test with mode enforce', await pod.runHelmTest({ EXPECT: 'refused' }), 0);
  await pod.configure((text) => text.replace('mode: enforce', 'mode: audit'));
  check('live: and mode audit is silent', await comes(() => create().status === 0 && !create().stderr.includes('poolproof')));

  checkRun('live: a pool is stored', kubectl(['create', '-f', '-'], badPool), 0);
  const asked = await pod.asked();
  must(kubectl(['annotate', 'nodepool', 'live', 'karpenter.sh/nodepool-hash=1']));
  must(
    kubectl(['patch', 'nodepool', 'live', '--type', 'merge', '-p', '{"metadata":{"finalizers":["karpenter.sh/termination"]}}']),
  );
  must(kubectl(['delete', 'nodepool', 'live', '--wait=false']));
  must(kubectl(['patch', 'nodepool', 'live', '--type', 'merge', '-p', '{"metadata":{"finalizers":null}}']));
  check("live: Karpenter's own writes and deletions never reach the pod", (await pod.asked()) === asked, `${asked}`);
  must(kubectl(['create', '--dry-run=server', '-f', '-'], badPool));
  check('live: a new pool does', (await pod.asked()) === asked + 1);
  await pod.configure((text) => text.replace('mode: audit', 'mode: warn'));
}

async function disarmed(kubectl, withHelm, file) {
  const create = () => kubectl(['create', '--dry-run=server', '-f', '-'], badPool);
  const warns = () => create().stderr.includes('Warning: poolproof: ');
  check('live: armed, it warns', await comes(warns));
  must(kubectl(['delete', configuration]));
  check('live: deleting the configuration disarms at once', await comes(() => create().status === 0 && !warns()));
  checkRun('live: an upgrade puts it back', withHelm('upgrade', chart, '--values', file), 0);
  check('live: and it warns again', await comes(warns));
}

/** What the account of the pods may not do. */
function rights(kubectl) {
  const may = (verb, what, ...args) =>
    kubectl(['auth', 'can-i', verb, what, '--as', `system:serviceaccount:${namespace}:poolproof`, ...args]).stdout.trim() ===
    'yes';
  check('rights: it sees pools', may('list', 'nodepools.karpenter.sh') && may('watch', 'ec2nodeclasses.karpenter.k8s.aws'));
  check(
    'rights: it sees no workloads, no nodes',
    !may('list', 'pods') && !may('list', 'nodes') && !may('list', 'deployments.apps'),
  );
  check('rights: it reads its own Secret', may('get', 'secret/poolproof-authority', '--namespace', namespace));
  check(
    'rights: and no other',
    !may('get', 'secrets', '--namespace', namespace) && !may('list', 'secrets', '--namespace', namespace),
  );
  check('rights: it makes no Secrets', !may('create', 'secrets', '--namespace', namespace));
  check('rights: it changes its own webhook configuration', may('patch', configuration));
  check('rights: and no other', !may('patch', 'validatingwebhookconfigurations') && !may('delete', configuration));
  check('rights: it changes no pool', !may('patch', 'nodepools.karpenter.sh') && !may('create', 'nodepools.karpenter.sh'));
}

/** Whether something comes to hold, looked at four times a second; the minutes only end a wait for what never does. */
async function comes(holds) {
  for (const end = Date.now() + 240_000; Date.now() < end; await sleep(250)) if (await holds()) return true;
  return false;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
