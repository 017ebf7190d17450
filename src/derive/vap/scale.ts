import { atLeast, type Minor } from '../../algebra/version.ts';
import type { Said } from './said.ts';

/**
 * `kubectl scale` goes past policies on `nodepools`: it writes a Scale, which is the name of a pool and a number. A policy on
 * `nodepools/scale` has the pool as its parameter (`params`, one evaluation for each pool that there is) and judges it as it would
 * be with that number.
 */
export const scaled = {
  /** Of all pools the one that is scaled. */
  isMeant: 'params.metadata.name == object.metadata.name',
  paramKind: { apiVersion: 'karpenter.sh/v1', kind: 'NodePool' },
  paramRef: { selector: {}, parameterNotFoundAction: 'Allow' },
} as const;

/** The scale subresource is served from here on. */
const SINCE: Minor = '1.8';

/** Whether a change of the number alone can bring a finding in. Conditions that only ask whether there is a number cannot: the API server lets nobody change that. */
export function speaksOfScale({ kinds, cel }: Said, minor: Minor): boolean {
  return kinds.includes('NodePool') && atLeast(minor, SINCE) && cel.replaceAll(HAS, '').includes(REPLICAS);
}

const REPLICAS = 'object.spec.replicas';
const HAS = `has(${REPLICAS})`;

/** A condition of a pool, of the pool as the Scale would leave it. */
export function ofScale(cel: string): string {
  return cel
    .replaceAll(HAS, 'true')
    .replaceAll(REPLICAS, 'variables.replicas')
    .replaceAll(/(?<![\w.])object\./g, 'params.');
}

/** The same of the pool as it is. */
export function ofFormerScale(cel: string): string {
  return ofScale(cel).replaceAll('variables.replicas', 'variables.formerReplicas');
}

/** What conditions of such a policy may name, from what those of a pool's may. */
export function scaleVariables(ofPool: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...numbers, ...Array.from(ofPool, ([name, expression]) => [name, ofScale(expression)] as const)]);
}

/** Go leaves a zero out. */
const numbers: readonly (readonly [string, string])[] = [
  ['replicas', 'has(object.spec.replicas) ? object.spec.replicas : 0'],
  ['formerReplicas', 'has(oldObject.spec.replicas) ? oldObject.spec.replicas : 0'],
];
