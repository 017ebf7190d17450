import type { Minor } from '../../algebra/version.ts';
import type { Condition as AnyCondition, Fault } from './condition.ts';
import { capacityBufferConditions } from './conditions-capacity-buffer.ts';
import { deviceConditions } from './conditions-devices.ts';
import { kubeletConditions } from './conditions-kubelet.ts';
import { nodeClaimConditions } from './conditions-node-claim.ts';
import { nodeClassConditions } from './conditions-node-class.ts';
import { nodeOverlayConditions } from './conditions-node-overlay.ts';
import { nodePoolConditions } from './conditions-node-pool.ts';
import { nonemptyConditions } from './conditions-nonempty.ts';
import { requirementConditions } from './conditions-requirements.ts';
import { selectorConditions } from './conditions-selectors.ts';
import { isAlive, type Json } from './structure.ts';

/** A condition of one kind. */
export interface Condition {
  readonly id: string;
  /** Where it stands: a dotted path from the root, `[]` for every item of a list. */
  readonly place: string;
  readonly reads: readonly string[] | undefined;
  readonly keysOnly: boolean;
  readonly transition: boolean;
  check(value: Json, old: Json | undefined, minor: Minor): Iterable<Fault>;
}

/** Conditions in the order in which one walks along an object. */
export interface Post {
  readonly conditions: readonly Condition[];
  readonly fields: readonly (readonly [string, Post])[];
  readonly items: Post | undefined;
}

const all: readonly AnyCondition[] = [
  ...nodePoolConditions,
  ...nodeClaimConditions,
  ...nonemptyConditions,
  ...nodeOverlayConditions,
  ...capacityBufferConditions,
  ...nodeClassConditions,
  ...selectorConditions,
  ...deviceConditions,
  ...kubeletConditions,
  ...requirementConditions,
];

/** The conditions of one version of a kind in one minor. */
export function conditionsOf(kind: string, version: string, minor: Minor): readonly Condition[] {
  return all.flatMap((condition) =>
    condition.on
      .filter((placement) => placement.kind === `${kind} ${version}` && isAlive(placement, minor))
      .map(({ path }) => ({
        id: condition.id,
        place: path,
        reads: condition.reads,
        keysOnly: condition.keysOnly === true,
        transition: condition.transition === true,
        check: (value, old, at) => condition.check(value as never, old as never, at),
      })),
  );
}

/** The conditions as a tree by where they stand. */
export function posts(conditions: readonly Condition[]): Post {
  return post(conditions.map((condition) => ({ condition, steps: condition.place.replaceAll('[]', '.[]').split('.') })));
}

interface Standing {
  readonly condition: Condition;
  /** What is left of the way. */
  readonly steps: readonly string[];
}

function post(standing: readonly Standing[]): Post {
  const next = [...new Set(standing.flatMap(({ steps }) => steps.slice(0, 1)))];
  const below = (step: string): Post =>
    post(standing.filter(({ steps }) => steps[0] === step).map(({ condition, steps }) => ({ condition, steps: steps.slice(1) })));
  return {
    conditions: standing.filter(({ steps }) => steps.length === 0).map(({ condition }) => condition),
    fields: next.filter((step) => step !== '[]').map((step) => [step, below(step)] as const),
    items: next.includes('[]') ? below('[]') : undefined,
  };
}
