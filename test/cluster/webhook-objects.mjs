import { namespace as namespaceObject } from './samples.mjs';

const base64 = (text) => Buffer.from(text).toString('base64');
const conditions = [
  { name: 'spec-changed', expression: "request.operation != 'UPDATE' || object.spec != oldObject.spec" },
  { name: 'not-terminating', expression: 'object == null || !has(object.metadata.deletionTimestamp)' },
];

/** What the chart installs, as far as a doctor looks at it, with one thing or another changed. */
export function webhookObjects(namespace, changes) {
  const { ca, leaf, url, bundle = ca.certificate, isSelfManaged = false } = changes;
  const labels = { 'app.kubernetes.io/name': 'poolproof' };
  const named = (name) => ({ namespace, name, labels });
  const clientConfig = {
    ...(url ? { url } : { service: { namespace, name: 'poolproof', path: '/validate/nodepools', port: 443 } }),
    caBundle: base64(bundle),
  };
  return {
    namespace: namespaceObject(namespace),
    configuration: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'poolproof' },
      webhooks: [{ ...entry(changes), clientConfig }],
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: named('poolproof'),
      spec: { selector: labels, ports: [{ port: 443 }] },
    },
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: named(isSelfManaged ? 'poolproof-authority' : 'poolproof-tls'),
      data: isSelfManaged
        ? { 'ca.crt': base64(ca.certificate) }
        : { 'tls.crt': base64(leaf.certificate), 'tls.key': base64(leaf.key) },
    },
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: named('poolproof'),
      data: { 'poolproof.yaml': changes.config ?? '{}\n' },
    },
    slice: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...named('poolproof-1'), labels: { 'kubernetes.io/service-name': 'poolproof' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: changes.endpointsReady ?? true } }],
    },
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: named('poolproof'),
      spec: {
        replicas: changes.replicas ?? 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podOf(isSelfManaged, changes.arms) },
      },
    },
  };
}

function entry({ failurePolicy = 'Ignore', groups, resources, operations, conditions: own = conditions }) {
  return {
    name: 'nodepools.poolproof.dev',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    failurePolicy,
    timeoutSeconds: 10,
    rules: [
      {
        apiGroups: groups ?? ['karpenter.sh'],
        apiVersions: ['v1'],
        operations: operations ?? ['CREATE', 'UPDATE'],
        resources: resources ?? ['nodepools'],
      },
    ],
    ...(own.length > 0 && { matchConditions: own }),
  };
}

function podOf(isSelfManaged, arms = false) {
  const own = isSelfManaged ? ['--self-managed', '--secret=poolproof-authority'] : ['--tls-dir=/tls'];
  if (arms) own.push('--arm-fail-closed');
  const volumes = [{ name: 'config', configMap: { name: 'poolproof' } }];
  if (!isSelfManaged) volumes.push({ name: 'tls', secret: { secretName: 'poolproof-tls' } });
  const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/${name}` }));
  return { containers: [{ name: 'webhook', image: 'example.org/poolproof:1', args: ['serve', ...own], volumeMounts }], volumes };
}
