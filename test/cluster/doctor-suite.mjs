import { mkdirSync, writeFileSync } from 'node:fs';
import { clientOf } from '../admission/lab.mjs';
import { hooksInForce } from '../lab/in-force.mjs';
import { authority, certificate } from './certificates.mjs';
import { check, fits, holds } from './checks.mjs';
import { commandLine, serving } from './cli.mjs';
import { hook } from './hook.mjs';
import { allow, apply, freePorts, kubeconfig, kubeconfigOf, kubectl, switchCrds } from './lab.mjs';
import { webhookObjects } from './webhook-objects.mjs';

const NAMESPACE = 'poolproof';

/** `poolproof doctor` over an installation in the lab that is well, and then has one thing wrong at a time. */
export async function doctorSuite({ cli, work }) {
  const doctor = commandLine(cli, { KUBECONFIG: kubeconfig });
  const run = (...args) => doctor('doctor', '--no-config', ...args);
  await bare(run);
  await install({});
  await healthy(run);
  await broken(run);
  await versions(cli, run);
  await leftovers(run);
  await tested(run);
  await served(cli, run, work);
  await stranger(cli, work);
}

async function wrongs(run, ...args) {
  const { code, json } = await run('--no-self-test', '--format', 'json', ...args);
  return [
    code,
    ...json()
      .checks.filter(({ state }) => state !== 'ok')
      .map(({ id }) => id),
  ];
}

async function bare(run) {
  check('without the webhook', await wrongs(run), [1, 'webhook-configuration']);
  fits('as JSON of the schema', (await run('--no-self-test', '--format', 'json')).json(), 'doctor');
  const { out } = await run('--no-self-test');
  holds('with the cure', /WRONG {2}webhook-configuration {2}there is no Valid.*\n *-> install the chart/.test(out), out);
  const asked = await run('--format', 'json', '--no-self-test', '--webhook-configuration', 'other');
  holds('of the name that was asked for', asked.out.includes('\\"other\\"'), asked.out);
}

async function install(changes) {
  const ca = changes.ca ?? (await authority());
  const leaf = changes.leaf ?? (await certificate(ca, `poolproof.${NAMESPACE}.svc`));
  const { deployment, slice, ...objects } = webhookObjects(NAMESPACE, { ca, leaf, ...changes });
  kubectl(['delete', 'validatingwebhookconfiguration,deployment,endpointslice,secret', '-n', NAMESPACE, '--all']);
  apply(...Object.values(objects), deployment, slice);
  const status = { status: { replicas: 2, readyReplicas: changes.ready ?? 2, availableReplicas: changes.ready ?? 2 } };
  const patch = ['--subresource', 'status', '--type', 'merge', '-p', JSON.stringify(status)];
  kubectl(['patch', 'deployment', 'poolproof', '-n', NAMESPACE, ...patch]);
}

async function healthy(run) {
  const well = await run('--no-self-test');
  check('an installation that is well', [well.code, well.err], [0, '']);
  holds('in words', /ok +webhook-certificate .*100% of its life is left/.test(well.out), well.out);
}

async function broken(run) {
  const host = `poolproof.${NAMESPACE}.svc`;
  const ca = await authority();
  const day = 86_400_000;
  const cases = [
    ['no endpoint is ready', { endpointsReady: false }, 'webhook-service'],
    ['a replica is not ready', { ready: 1 }, 'webhook-replicas'],
    ['Fail with one replica', { replicas: 1, failurePolicy: 'Fail' }, 'webhook-replicas'],
    ['not armed, although it is to arm itself', { arms: true }, 'failing-closed'],
    ['another kind is caught', { resources: ['nodepools', 'nodeclaims'] }, 'webhook-configuration'],
    ['everything is caught', { groups: ['*'], resources: ['*/*'] }, 'webhook-configuration'],
    ['deletions are caught', { operations: ['CREATE', 'DELETE'] }, 'webhook-configuration'],
    ["Karpenter's own writes are judged", { conditions: [] }, 'webhook-configuration'],
    ['an empty bundle', { bundle: '' }, 'webhook-ca-bundle', 'webhook-certificate'],
    ['the bundle of another authority', { bundle: (await authority()).certificate }, 'webhook-certificate'],
    ['a certificate for another name', { ca, leaf: await certificate(ca, 'other.svc') }, 'webhook-certificate'],
    ['one that has expired', { ca, leaf: await certificate(ca, host, { from: -20 * day, to: -day }) }, 'webhook-certificate'],
    [
      'one that is nearly over',
      { ca, leaf: await certificate(ca, host, { from: -90 * day, to: 10 * day }) },
      'webhook-certificate',
    ],
    ['a Secret without one', { leaf: { certificate: 'no PEM', key: '' } }, 'webhook-certificate'],
    ['a configuration with a mistake', { config: 'admission: { mode: strict }\n' }, 'configuration'],
    [
      'an authority of its own that is not published',
      { isSelfManaged: true, bundle: (await authority()).certificate },
      'webhook-certificate',
    ],
  ];
  for (const [what, changes, ...ids] of cases) {
    await install(changes);
    check(what, await wrongs(run), [1, ...new Set(ids)]);
  }
  await install({ isSelfManaged: true });
  check('one that is', await wrongs(run), [0]);
  await install({ arms: true, failurePolicy: 'Fail' });
  const armed = await run('--no-self-test');
  holds('armed by itself', /ok +failing-closed +armed after a self test: .*are refused/.test(armed.out), armed.out);
  await install({ config: 'admission: { mode: audit }\n' });
  const { checks } = (await run('--format', 'json')).json();
  check('in mode audit nothing is to be heard', checks.find(({ id }) => id === 'self-test')?.state, 'ok');
  await install({});
}

async function versions(cli, run) {
  const said = (version) => commandLine(cli, { KUBECONFIG: kubeconfig, POOLPROOF_KARPENTER_VERSION: version });
  const asked = (version) => wrongs((...args) => said(version)('doctor', '--no-config', ...args));
  for (const minor of ['1.0', '1.8', '1.9', '1.13', '1.14', '1.15']) {
    switchCrds(minor);
    check(`the CRDs of ${minor} are known for what they are`, await asked(minor), [0]);
  }
  check('those of another minor too', await asked('1.14'), [1, 'crd-nodepool', 'crd-ec2nodeclass']);
  kubectl(['create', 'namespace', 'karpenter']);
  kubectl(['create', 'deployment', 'karpenter', '-n', 'karpenter', '--image', 'public.ecr.aws/karpenter/controller:1.15.0']);
  check('the Karpenter that runs', await wrongs(run), [0]);
  check('and the one that the configuration says', await asked('1.14'), [1, 'karpenter-version']);
}

async function leftovers(run) {
  const old = (kind, name) => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name }, webhooks: [] });
  const names = [
    'validation.webhook.karpenter.sh',
    'validation.webhook.config.karpenter.sh',
    'validation.webhook.karpenter.k8s.aws',
  ];
  apply(...names.map((name) => old('ValidatingWebhookConfiguration', name)));
  apply(old('MutatingWebhookConfiguration', 'defaulting.webhook.karpenter.k8s.aws'));
  check("Karpenter's own old webhooks", await wrongs(run), [1, ...Array.from({ length: 4 }, () => 'leftover-webhooks')]);
  kubectl(['delete', 'validatingwebhookconfigurations', ...names]);
  kubectl(['delete', 'mutatingwebhookconfigurations', 'defaulting.webhook.karpenter.k8s.aws']);
  const service = { namespace: 'kube-system', name: 'karpenter' };
  const conversion = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service } } };
  const patch = (value) => [
    'patch',
    'crd',
    'nodepools.karpenter.sh',
    '--type',
    'merge',
    '-p',
    JSON.stringify({ spec: { conversion: value } }),
  ];
  kubectl(patch(conversion));
  const found = (await run('--no-self-test', '--format', 'json')).json().checks.find(({ state }) => state === 'wrong');
  check('and their conversion', found.id, 'leftover-conversion');
  const [, command] = /(kubectl patch .*)$/.exec(found.cure);
  const [, operations] = /-p '(.*)'$/.exec(command);
  kubectl(['patch', 'crd', 'nodepools.karpenter.sh', '--type', 'json', '-p', operations]);
  check('whose cure is one', await wrongs(run), [0]);
}

/** The self-test, over hooks that the API server reaches by URL: one that says nothing is as bad as none. */
async function tested(run) {
  const ca = await authority();
  const leaf = await certificate(ca, '127.0.0.1');
  const say = await hook(leaf);
  for (const [answer, state] of [
    ['deny', 'ok'],
    ['warn', 'ok'],
    ['busy', 'unknown'],
    ['allow', 'wrong'],
  ]) {
    await reachedBy(`${say.url}/${answer}`, { ca, leaf });
    check(`the self-test: a hook that answers ${answer}`, await selfTest(run), state);
  }
  check('nothing of it is stored', kubectl(['get', 'nodepools', '-o', 'name']), '');
  say.close();
}

/** The same over the webhook itself. */
async function served(cli, run, work) {
  const ca = await authority();
  const leaf = await certificate(ca, '127.0.0.1');
  const tls = `${work}/tls`;
  mkdirSync(tls);
  for (const [name, text] of [
    ['tls.crt', leaf.certificate],
    ['tls.key', leaf.key],
    ['ca.crt', ca.certificate],
  ])
    writeFileSync(`${tls}/${name}`, text);
  const [port, metrics] = await freePorts(2);
  const webhook = await serving(cli, [
    '--tls-dir',
    tls,
    '--host',
    '127.0.0.1',
    '--port',
    port,
    '--metrics-port',
    metrics,
    '--snapshot',
    'none',
  ]);
  await reachedBy(`https://127.0.0.1:${port}/validate/nodepools`, { ca, leaf });
  check('the webhook itself passes it', await selfTest(run), 'ok');
  await webhook.kill();
  check('and where it is gone, that is seen', await selfTest(run), 'wrong');
}

async function reachedBy(url, pair) {
  kubectl(['delete', 'validatingwebhookconfiguration', '--all']);
  apply(webhookObjects(NAMESPACE, { ...pair, url, failurePolicy: 'Ignore' }).configuration);
  await hooksInForce(clientOf(kubeconfig));
}

async function selfTest(run) {
  const { checks } = (await run('--format', 'json')).json();
  return checks.find(({ id }) => id === 'self-test')?.state;
}

async function stranger(cli, work) {
  const file = kubeconfigOf(`${work}/stranger`, { user: (own) => ({ ...own, as: 'stranger' }) });
  const doctor = commandLine(cli, { KUBECONFIG: file });
  const { code, json } = await doctor('doctor', '--no-config', '--format', 'json');
  const { checks } = json();
  check('an account that may not look', [code, checks.some(({ state }) => state === 'wrong')], [2, false]);
  holds(
    'is told what it lacks',
    checks.filter(({ state }) => state === 'unknown').every(({ cure }) => cure),
    checks,
  );
  await allow('stranger', [
    { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'], verbs: ['get', 'list'] },
  ]);
  const test = (await doctor('doctor', '--no-config', '--format', 'json')).json().checks.find(({ id }) => id === 'self-test');
  check('and may not send the dry run', test?.state, 'unknown');
}
