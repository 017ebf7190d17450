import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { dig, digList, digText } from '../../../webhook/cluster/dig.ts';
import { karpenterMinors, minorOf } from '../../algebra/version.ts';
import type { Config } from '../../config/config.ts';
import { clusterFacts as factKeys } from '../../config/keys.ts';
import { settingFault } from '../../config/setting-fault.ts';
import type { ClusterContents } from './read-cluster.ts';

/** What a cluster tells of itself; flags, environment and configuration outrank it. */
export async function clusterFacts(api: ApiServer, { objects, notChecked }: ClusterContents): Promise<Config> {
  const karpenter = karpenterIn(objects);
  const said = {
    kubernetesVersion: kubernetesVersionIn((await api.request('GET', '/version')).body),
    region: regionIn((await api.request('GET', '/api/v1/nodes?limit=1')).body),
    karpenterVersion: karpenter?.version,
    minValuesPolicy: karpenter?.variable('MIN_VALUES_POLICY'),
    preferencePolicy: karpenter?.variable('PREFERENCE_POLICY'),
  };
  const valid = Object.entries(said).filter(([key, value]) => value !== undefined && isValid(key, value));
  return { ...Object.fromEntries(valid), closedWorld: notChecked.length === 0 };
}

/** The version of the Karpenter that runs there, if it is none whose API this package carries. */
export function unknownKarpenter(objects: readonly unknown[]): string | undefined {
  const version = karpenterIn(objects)?.version;
  return version === undefined || isValid('karpenterVersion', version) ? undefined : version;
}

/** A Karpenter that is installed in the cluster itself. */
export interface Karpenter {
  readonly namespace: string;
  readonly name: string;
  readonly version: string | undefined;
  /** An environment variable of its controller, where it is written out. */
  variable(name: string): string | undefined;
}

export function karpenterIn(objects: readonly unknown[]): Karpenter | undefined {
  for (const object of objects) {
    if (dig(object, 'kind') !== 'Deployment') continue;
    const containers = digList(object, 'spec', 'template', 'spec', 'containers');
    const controller = containers.find((one) => /(?:^|\/)karpenter\/controller[:@]/.test(digText(one, 'image') ?? ''));
    const isNamed = digText(object, 'metadata', 'labels', 'app.kubernetes.io/name') === 'karpenter';
    if (!controller && !isNamed) continue;
    const container = controller ?? containers.find((one) => dig(one, 'name') === 'controller');
    const label = digText(object, 'metadata', 'labels', 'app.kubernetes.io/version');
    const tag = /:v?(\d+\.\d+\.\d+)(?:@|$)/.exec(digText(container, 'image') ?? '')?.[1];
    return {
      namespace: digText(object, 'metadata', 'namespace') ?? '',
      name: digText(object, 'metadata', 'name') ?? '',
      version: tag ?? /^v?(\d+\.\d+\.\d+)$/.exec(label ?? '')?.[1],
      variable: (name) =>
        digText(
          digList(container, 'env').find((one) => dig(one, 'name') === name),
          'value',
        ),
    };
  }
  return undefined;
}

/** `1.35` of what `/version` answers; some providers write the minor as `35+`. */
export function kubernetesVersionIn(body: unknown): string | undefined {
  const found = /^v?(\d+\.\d+)/.exec(digText(body, 'gitVersion') ?? '');
  return found?.[1];
}

function regionIn(nodes: unknown): string | undefined {
  return digText(digList(nodes, 'items')[0], 'metadata', 'labels', 'topology.kubernetes.io/region');
}

function isValid(key: string, value: string | undefined): boolean {
  if (value === undefined || settingFault({ kind: 'record', means: 'facts', keys: { ...factKeys } }, key, value) !== undefined)
    return false;
  return key !== 'karpenterVersion' || karpenterMinors.includes(minorOf(value));
}
