import { rules } from '../../../rules/index.ts';
import type { AdmissionSettings, Config } from '../../../src/config/config.ts';
import { settingsFrom } from '../../../src/config/settings.ts';
import { admissionPolicy } from '../../../webhook/admission-policy.ts';
import type { EngineInput } from '../../../webhook/engine.ts';
import type { Standing } from '../../../webhook/standing.ts';
import { standingFrom } from '../../../webhook/standing-from.ts';

/** Pools, requests and configurations to ask about. */

export function inputOf(admission: AdmissionSettings, rest: Config = {}): EngineInput {
  const settings = settingsFrom({ flags: {}, environment: {}, file: { ...rest, admission } });
  return { settings, catalogFile: undefined, awsAnswers: [], accepted: [], declaredPods: [] };
}

/** Engines by what they hang on: a configuration of admission makes none of them another. */
const engines = new Map<string, Promise<Standing>>();

export async function standing(admission: AdmissionSettings, rest: Config = {}): Promise<Standing> {
  const key = JSON.stringify(rest);
  const known = engines.get(key) ?? standingFrom(inputOf({}, rest), rules);
  engines.set(key, known);
  return { ...(await known), policy: admissionPolicy(inputOf(admission, rest).settings) };
}

type Tree = Record<string, unknown>;

/** Without limits, which is what `limits-missing` says. */
export function pool(name: string, spec: Tree = {}, metadata: Tree = {}): Tree {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name, ...metadata },
    spec: {
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '5m', budgets: [{ nodes: '10%' }] },
      template: {
        spec: {
          expireAfter: '720h',
          terminationGracePeriod: '24h',
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          requirements: [
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
          ],
        },
      },
      ...spec,
    },
  };
}

export const limits: Tree = { limits: { cpu: '100', memory: '400Gi' } };

/** A review as the API server sends it: parsed JSON. */
export function reviewBody(object: unknown, more: Tree = {}): Tree {
  const kind = text(object, 'kind') ?? 'NodePool';
  const name = text(inner(object, 'metadata'), 'name') ?? '';
  const [group, resource] = kind === 'EC2NodeClass' ? ['karpenter.k8s.aws', 'ec2nodeclasses'] : ['karpenter.sh', 'nodepools'];
  const review = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group, version: 'v1', kind },
      resource: { group, version: 'v1', resource },
      requestKind: { group, version: 'v1', kind },
      requestResource: { group, version: 'v1', resource },
      name,
      operation: 'CREATE',
      userInfo: { username: 'alice', groups: ['platform', 'system:authenticated'] },
      object,
      oldObject: null,
      dryRun: false,
      options: { apiVersion: 'meta.k8s.io/v1', kind: 'CreateOptions' },
      ...more,
    },
  };
  return JSON.parse(JSON.stringify(review));
}

function inner(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Tree)[key] : undefined;
}

function text(value: unknown, key: string): string | undefined {
  const found = inner(value, key);
  return typeof found === 'string' ? found : undefined;
}
