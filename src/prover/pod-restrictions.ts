import { normalizedLabel } from '../algebra/normalized-label.ts';
import { find } from '../document/node.ts';
import type { Container } from '../model/cluster/container.ts';
import type { Path, Place } from '../text/place.ts';
import { knownNodes } from './known-part.ts';
import { type AskedPod, placeInPod } from './question.ts';
import type { Restriction, RestrictionKind } from './restriction.ts';
import { requirementText } from './words.ts';

/** Everything that a pod demands of a node, its volumes apart. Preferences are none: they are given up. */
export function podRestrictions(asked: AskedPod): readonly Restriction[] {
  const { spec } = asked.pod;
  const { containers = [], initContainers = [], overhead = {}, resources } = spec;
  return [
    ...selectors(asked),
    ...requiredAffinity(asked),
    ...containers.flatMap((one, index) => container(asked, one, 'containers', index)),
    ...initContainers.flatMap((one, index) => container(asked, one, 'initContainers', index)),
    ...Object.entries(resources?.requests ?? {}).map(([resource, amount]) =>
      request(
        asked,
        'request',
        `pod ${resource}`,
        ['spec', 'resources'],
        resource,
        `the pod as a whole asks for ${amount} of ${resource}`,
      ),
    ),
    ...Object.entries(overhead).map(([resource, amount]) =>
      request(
        asked,
        'overhead',
        resource,
        ['spec', 'runtimeClassName'],
        resource,
        `its RuntimeClass adds ${amount} of ${resource}`,
      ),
    ),
    ...spreads(asked),
    ...podAffinity(asked),
    ...devices(asked),
  ];
}

/** Names the list that a container is in, and its place there, as ids of restrictions do. */
export function containerId(list: 'containers' | 'initContainers', index: number): string {
  return `${list === 'containers' ? 'c' : 'i'}${index}`;
}

function selectors(asked: AskedPod): readonly Restriction[] {
  const path = (key: string): Path => {
    const own = asked.written && find(asked.written, ['spec', 'nodeSelector', key]);
    return own || !asked.pod.spec.runtimeClassName ? ['spec', 'nodeSelector', key] : ['spec', 'runtimeClassName'];
  };
  return Object.entries(asked.pod.spec.nodeSelector ?? {}).map(([key, value]) => ({
    id: key,
    kind: 'selector',
    about: normalizedLabel(key),
    at: () => placeInPod(asked, path(key)),
    says: () => `the pod selects nodes with ${key}=${value}`,
  }));
}

const requiredPath = ['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];

/** The expressions of one term each for itself; several terms are alternatives, and stand or fall together. */
function requiredAffinity(asked: AskedPod): readonly Restriction[] {
  const terms = asked.pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return [];
  const [only] = terms;
  if (!only || terms.length > 1 || only.matchFields) {
    const says = (): string => `the pod requires one of ${terms.length} alternatives: ${terms.map(termText).join('; or ')}`;
    return [{ id: 'all', kind: 'terms', at: () => placeInPod(asked, requiredPath), says }];
  }
  const nodes = nodesOf(asked, [...requiredPath, 0, 'matchExpressions']);
  return (only.matchExpressions ?? []).map((expression, index) => ({
    id: String(index),
    kind: 'expression',
    about: normalizedLabel(expression.key ?? ''),
    at: () => (nodes[index] && (find(nodes[index], ['values']) ?? nodes[index]))?.at ?? asked.at,
    says: () => `the pod requires ${requirementText(expression)}`,
  }));
}

function termText({
  matchExpressions = [],
}: {
  readonly matchExpressions?: readonly Parameters<typeof requirementText>[0][];
}): string {
  return matchExpressions.map(requirementText).join(' and ');
}

function container(
  asked: AskedPod,
  { name = '', resources, ports = [] }: Container,
  list: 'containers' | 'initContainers',
  index: number,
): readonly Restriction[] {
  const path = ['spec', list, index];
  const id = containerId(list, index);
  const requests = Object.entries(resources?.requests ?? {}).map(([resource, amount]) =>
    request(
      asked,
      'request',
      `${id} ${resource}`,
      [...path, 'resources'],
      resource,
      `container ${name} asks for ${amount} of ${resource}`,
    ),
  );
  const taken = ports.flatMap(({ hostPort }, port): readonly Restriction[] => {
    const at = (): Place => placeInPod(asked, [...path, 'ports', port, 'hostPort']);
    return hostPort
      ? [{ id: `${id} ${port}`, kind: 'port', at, says: () => `container ${name} takes port ${hostPort} of the node` }]
      : [];
  });
  return [...requests, ...taken];
}

function request(asked: AskedPod, kind: RestrictionKind, id: string, path: Path, resource: string, words: string): Restriction {
  const at = (): Place => {
    const { written } = asked;
    const exact = ['requests', 'limits'].map((part) => [...path, part, resource]).find((one) => written && find(written, one));
    return placeInPod(asked, exact ?? path);
  };
  return { id, kind, about: resource, at, says: () => words };
}

function spreads(asked: AskedPod): readonly Restriction[] {
  const nodes = nodesOf(asked, ['spec', 'topologySpreadConstraints']);
  return (asked.pod.spec.topologySpreadConstraints ?? []).flatMap(
    ({ topologyKey = '', maxSkew, minDomains, whenUnsatisfiable }, index): readonly Restriction[] => {
      if (whenUnsatisfiable !== 'DoNotSchedule') return [];
      const least = minDomains === undefined ? '' : ` and minDomains ${minDomains}`;
      const says = (): string => `the pod spreads over ${topologyKey} with maxSkew ${maxSkew}${least}`;
      return [{ id: String(index), kind: 'spread', about: topologyKey, at: () => nodes[index]?.at ?? asked.at, says }];
    },
  );
}

function podAffinity(asked: AskedPod): readonly Restriction[] {
  const { podAffinity: with_, podAntiAffinity: without } = asked.pod.spec.affinity ?? {};
  const sides = [
    ['affinity', 'podAffinity', with_?.requiredDuringSchedulingIgnoredDuringExecution ?? [], 'wants to run where'],
    ['anti-affinity', 'podAntiAffinity', without?.requiredDuringSchedulingIgnoredDuringExecution ?? [], 'keeps away from where'],
  ] as const;
  return sides.flatMap(([kind, part, terms, verb]) => {
    const nodes = nodesOf(asked, ['spec', 'affinity', part, 'requiredDuringSchedulingIgnoredDuringExecution']);
    return terms.map(({ topologyKey = '' }, index): Restriction => {
      const says = (): string => `the pod ${verb} other pods run, by ${topologyKey}`;
      return { id: String(index), kind, about: topologyKey, at: () => nodes[index]?.at ?? asked.at, says };
    });
  });
}

function devices(asked: AskedPod): readonly Restriction[] {
  const { resourceClaims = [], containers = [], initContainers = [] } = asked.pod.spec;
  const claimed = [...containers, ...initContainers].some(({ resources }) => (resources?.claims ?? []).length > 0);
  if (resourceClaims.length === 0 && !claimed) return [];
  const says = (): string => 'the pod claims devices by resourceClaims, for which Karpenter launches nothing';
  return [{ id: 'all', kind: 'devices', at: () => placeInPod(asked, ['spec', 'resourceClaims']), says }];
}

function nodesOf({ written }: AskedPod, path: Path): ReturnType<typeof knownNodes> {
  return written ? knownNodes(find(written, path)) : [];
}
