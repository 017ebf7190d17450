// What holds of everything that the chart renders, whatever the values.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { check } from './checks.mjs';
import { chart, namespace, objectsOf, render, root, run } from './render.mjs';
import { helm } from './tools.mjs';

const clusterKinds = ['ClusterRole', 'ClusterRoleBinding', 'ValidatingWebhookConfiguration'];

export function checkRendered(matrix, work) {
  for (const one of matrix) checkOne(one);
  const config = ['--set', 'mode=enforce', '--set', 'config.region=eu-west-1'];
  check(
    'an edit of the configuration leaves the pods alone',
    isDeepStrictEqual(deployment(render()).spec, deployment(render(...config)).spec) && render() !== render(...config),
  );
  check('an upgrade renders what an install does', render('--is-upgrade') === render());
  twoNamespaces();
  partOfAnother(join(work, 'parent'));
  versions();
}

function checkOne({ name, file, text, objects }) {
  check(`${name}: rendered twice, it is the same`, render('--values', file) === text);
  const keys = objects.map(identity);
  check(`${name}: no object twice`, new Set(keys).size === keys.length, keys.join('\n'));
  const unlabelled = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] !== 'poolproof');
  const own = unlabelled.filter(({ metadata }) => !['as-text', 'poolproof-facts'].includes(metadata.name));
  check(`${name}: every object is labelled`, own.length === 0, own.map(identity).join('\n'));
  const soft = objects.map(podTemplate).filter((pod) => pod !== undefined && !isHard(pod));
  check(`${name}: every pod is locked down`, soft.length === 0, JSON.stringify(soft, null, 2));
  check(`${name}: Services select the pods of the webhook and no others`, selectsOnlyWebhook(objects));
}

function selectsOnlyWebhook(objects) {
  const services = objects.filter(({ kind }) => kind === 'Service');
  const pods = objects.map(podTemplate).filter((pod) => pod !== undefined);
  return services.every(({ spec }) => {
    const selected = pods.filter(({ metadata }) =>
      Object.entries(spec.selector).every(([key, value]) => metadata.labels[key] === value),
    );
    return selected.length === 1 && selected[0].spec.containers[0].name === 'webhook';
  });
}

function isHard({ spec }) {
  const { automountServiceAccountToken, enableServiceLinks, securityContext: pod, containers } = spec;
  return (
    automountServiceAccountToken === false &&
    enableServiceLinks === false &&
    pod.runAsNonRoot === true &&
    pod.runAsUser === 65532 &&
    pod.seccompProfile.type === 'RuntimeDefault' &&
    containers.every(
      ({ securityContext: { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities }, resources, volumeMounts }) =>
        allowPrivilegeEscalation === false &&
        readOnlyRootFilesystem === true &&
        capabilities.drop.join() === 'ALL' &&
        resources.requests.memory === resources.limits.memory &&
        resources.limits.cpu === undefined &&
        volumeMounts.every(({ readOnly, subPath }) => readOnly === true && subPath === undefined),
    )
  );
}

function podTemplate({ kind, metadata, spec }) {
  if (kind === 'Deployment') return spec.template;
  if (kind === 'CronJob') return spec.jobTemplate.spec.template;
  return kind === 'Pod' ? { metadata, spec } : undefined;
}

/** Two releases of one name in two namespaces share the one configuration that there is, and nothing else. */
function twoNamespaces() {
  const everything = ['--set', 'snapshot=workloads', '--set', 'scan.enabled=true', '--set', 'webhook.name=second'];
  const first = objectsOf(render());
  const second = objectsOf(render(...everything, '--namespace', 'other'));
  const ofCluster = (objects) => objects.filter(({ kind }) => clusterKinds.includes(kind)).map(identity);
  const shared = ofCluster(first).filter((key) => ofCluster(second).includes(key));
  check(
    'two namespaces: no object of the cluster twice',
    ofCluster(second).length >= 7 && shared.length === 0,
    shared.join('\n'),
  );
  check('two namespaces: nothing points into the first', !JSON.stringify(second).includes(namespace));
}

/** As a part of another chart, with that one's values and globals of its own. */
function partOfAnother(parent) {
  cpSync(chart, join(parent, 'charts/poolproof'), { recursive: true });
  writeFileSync(join(parent, 'Chart.yaml'), 'apiVersion: v2\nname: parent\nversion: 1.0.0\n');
  writeFileSync(
    join(parent, 'values.yaml'),
    'global: { theirs: x, imageRegistry: mirror.example.org }\npoolproof: { mode: audit }\n',
  );
  const { status, stdout, stderr } = run(helm(), ['template', 'platform', parent]);
  const isWhole = stdout.includes('mode: audit') && stdout.includes('image: mirror.example.org/poolproof/poolproof:');
  check('as a part of another chart, it takes its values and globals', status === 0 && isWhole, stderr);
}

function versions() {
  const { version, appVersion, annotations } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'));
  const its = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  check('chart, image and package have one version', version === its && appVersion === its, `${version}, ${appVersion}, ${its}`);
  const [image] = parse(annotations['artifacthub.io/images']);
  const rendered = deployment(render()).spec.template.spec.containers[0].image;
  check('the image in the annotations is the one that runs', image.image === rendered, `${image.image}, ${rendered}`);
}

function deployment(text) {
  return objectsOf(text).find(({ kind }) => kind === 'Deployment');
}

function identity({ kind, metadata }) {
  return `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
}
