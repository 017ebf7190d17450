import type { KubeletFacts, NodeClassFacts } from '../catalog/node-class-facts.ts';
import type { KubernetesObject } from '../document/document.ts';
import type { Path } from '../text/place.ts';
import { type AskedPool, placeIn } from './question.ts';
import type { Keeps, Restriction } from './restriction.ts';

const amounts = ['kubeReserved', 'systemReserved', 'evictionHard'] as const;

/** What a node class takes from the types that its pools may launch, and from what pods can use of each. */
export function classRestrictions({ nodeClass, isOverlaid }: AskedPool): readonly Restriction[] {
  // What overlays do to other types than those of the class as it is, nobody has worked out.
  if (!nodeClass || isOverlaid) return [];
  const { object, facts } = nodeClass;
  const { kubelet = {}, zones } = facts;
  const one = (id: string, path: Path, says: string): Restriction => restriction(object, id, path, says);
  return [
    ...(facts.amiFamily === 'AL2023'
      ? []
      : [one('amiFamily', ['spec', 'amiFamily'], `the class is of the AMI family ${facts.amiFamily}`)]),
    ...(['maxPods', 'podsPerCore'] as const).flatMap((key) =>
      kubelet[key] === undefined ? [] : [one(key, ['spec', 'kubelet', key], `the class has ${key} ${kubelet[key]}`)],
    ),
    ...amounts.flatMap((list) =>
      Object.entries(kubelet[list] ?? {}).map(([name, amount]) =>
        one(`${list} ${name}`, ['spec', 'kubelet', list, name], `the class keeps ${amount} of ${name} as ${list}`),
      ),
    ),
    ...(facts.blockDeviceMappings ? [one('blockDeviceMappings', ['spec', 'blockDeviceMappings'], devices(facts))] : []),
    ...(facts.instanceStorePolicy
      ? [one('instanceStorePolicy', ['spec', 'instanceStorePolicy'], 'the class puts pods on the instance store')]
      : []),
    ...(facts.networkInterfaces
      ? [one('networkInterfaces', ['spec', 'networkInterfaces'], 'the class has network interfaces of its own')]
      : []),
    ...(facts.connectionTracking
      ? [one('connectionTracking', ['spec', 'connectionTracking'], 'the class configures connection tracking')]
      : []),
    ...(zones
      ? [one('zones', zonePath(object), `the subnets of the class lie in ${zones.map(({ zone }) => zone).join(', ')}`)]
      : []),
  ];
}

/** The class without what is not kept: as one that says nothing of it. */
export function reducedClass(facts: NodeClassFacts, keeps: Keeps): NodeClassFacts {
  const keep = <K extends keyof NodeClassFacts>(key: K): Partial<NodeClassFacts> =>
    keeps('class', key) ? { [key]: facts[key] } : {};
  return {
    amiFamily: keeps('class', 'amiFamily') ? facts.amiFamily : 'AL2023',
    ...(facts.kubelet && { kubelet: reducedKubelet(facts.kubelet, keeps) }),
    ...keep('blockDeviceMappings'),
    ...keep('instanceStorePolicy'),
    ...keep('networkInterfaces'),
    ...keep('connectionTracking'),
    ...keep('zones'),
    capacityReservations: facts.capacityReservations,
  };
}

function reducedKubelet(kubelet: KubeletFacts, keeps: Keeps): KubeletFacts {
  const { maxPods, podsPerCore } = kubelet;
  const lists = amounts.map((list) => {
    const kept = Object.entries(kubelet[list] ?? {}).filter(([name]) => keeps('class', `${list} ${name}`));
    return [list, Object.fromEntries(kept)] as const;
  });
  return {
    ...(keeps('class', 'maxPods') && { maxPods }),
    ...(keeps('class', 'podsPerCore') && { podsPerCore }),
    ...Object.fromEntries(lists),
  };
}

function restriction(object: KubernetesObject, id: string, path: Path, words: string): Restriction {
  return { id, kind: 'class', at: () => placeIn(object, path), says: () => words };
}

function devices({ blockDeviceMappings = [] }: NodeClassFacts): string {
  const sizes = blockDeviceMappings.map(
    ({ deviceName = 'a device', volumeSize }) => `${deviceName} ${volumeSize ?? 'of no size'}`,
  );
  return `the class maps ${sizes.join(', ') || 'no device'}`;
}

function zonePath({ node }: KubernetesObject): Path {
  return node.get('status') ? ['status', 'subnets'] : ['spec', 'subnetSelectorTerms'];
}
