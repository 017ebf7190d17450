// The webhook configuration of the chart, as Helm renders it, in force in a real API server.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { hooksInForce } from '../lab/in-force.mjs';
import { goProgram } from '../ways-in/tools.mjs';
import { root } from './bundled.mjs';
import { until } from './lab.mjs';

const helm = () => goProgram('helm', 'helm.sh/helm/v4/cmd/helm@v4.3.1');
export const configurations = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

/** All that the chart renders with some values. */
export function rendered(values, ...more) {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-hook-'));
  try {
    writeFileSync(join(folder, 'values.json'), JSON.stringify(values));
    const args = ['template', 'poolproof', join(root, 'charts/poolproof'), '--values', join(folder, 'values.json'), ...more];
    return parseAllDocuments(execFileSync(helm(), args, { encoding: 'utf8' })).flatMap((document) => document.toJS() ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The chart's webhook configuration for a server by URL. The API server waits as long as it can be told to: a busy machine must not look
 * like a server that does not answer.
 */
export function hookBy({ port, authority, failurePolicy = 'Ignore', timeoutSeconds = 30 }) {
  const values = {
    webhook: { url: `https://127.0.0.1:${port}`, failurePolicy, timeoutSeconds },
    certificates: { mode: 'existingSecret', existingSecret: { name: 'tls', caBundle: authority } },
  };
  return rendered(values).find(({ kind }) => kind === 'ValidatingWebhookConfiguration');
}

/** Puts a configuration in the place of another, and comes back when it is in force and `isInForce` sees that it is. */
export async function install({ call }, configuration, isInForce) {
  await remove({ call });
  const { code, body } = await call('POST', configurations, configuration);
  if (code !== 201) throw new Error(`the webhook configuration is refused: ${body.message}`);
  await hooksInForce({ call });
  await until(isInForce, 'the webhook answers');
}

export async function remove({ call }) {
  await call('DELETE', `${configurations}/poolproof`);
  await hooksInForce({ call });
}

/** A pool with nothing grave about it, and with whatever a test wants to be wrong. */
export function pool(name, { node, ...spec } = {}, metadata = {}) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name, ...metadata },
    spec: {
      disruption: { consolidateAfter: '10m', budgets: [{ nodes: '10%' }] },
      limits: { cpu: '100', memory: '400Gi' },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
          ],
          expireAfter: '720h',
          terminationGracePeriod: '24h',
          ...node,
        },
      },
      ...spec,
    },
  };
}

/** A class for pools to name, with nothing grave about it. */
export function nodeClass(name, spec = {}) {
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name },
    spec: {
      role: 'KarpenterNode',
      amiSelectorTerms: [{ alias: 'al2023@v20260810' }],
      subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'prod' } }],
      securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'prod' } }],
      ...spec,
    },
  };
}

/** Wrong beyond doubt, and taken by the API server. */
export const wrong = { node: { expireAfter: '0s' } };
