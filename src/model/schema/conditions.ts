import type { Minor } from '../../algebra/version.ts';
import type { Path } from '../../text/place.ts';
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
import { isMap, own } from './json.ts';
import { isAlive, type Json } from './structure.ts';

/** A condition where it stands in one kind. */
export interface Condition {
  readonly id: string;
  /** Keys from the root, `[]` for every item of a list. */
  readonly path: readonly string[];
  readonly reads: readonly string[] | undefined;
  readonly keysOnly: boolean;
  readonly transition: boolean;
  check(value: Json, old: Json | undefined, minor: Minor): Iterable<Fault>;
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
        path: path.replaceAll('[]', '.[]').split('.'),
        reads: condition.reads,
        keysOnly: condition.keysOnly === true,
        transition: condition.transition === true,
        check: (value, old, at) => condition.check(value as never, old as never, at),
      })),
  );
}

/** A fault and whose it is. */
export interface PlacedFault extends Fault {
  readonly id: string;
  /** Where the condition stands; the fault's own path goes on from there. */
  readonly at: Path;
  readonly transition: boolean;
}

/**
 * Whether a part of an object has the shape of the schema. What is `broken` is told already; what is `unreadable` has a wrong type
 * that an update inherits, so that nothing is said but what the conditions make of it: the server fails to evaluate them.
 */
export type Soundness = 'sound' | 'broken' | 'unreadable';

/** What the conditions hold against a normalized object. */
export function* faults(
  { conditions, minor }: { readonly conditions: readonly Condition[]; readonly minor: Minor },
  root: Json,
  old: Json | undefined,
  soundness: (path: Path, keysOnly: boolean) => Soundness,
): Iterable<PlacedFault> {
  for (const { id, path: steps, reads, keysOnly, transition, check } of conditions) {
    for (const { path, value, before } of sites(root, old, steps)) {
      if (transition && before === undefined) continue;
      const parts = reads?.map((field) => [...path, field]) ?? [path];
      const states = parts.map((part) => soundness(part, keysOnly));
      if (states.includes('broken')) continue;
      const found = states.includes('unreadable') ? [unreadable] : check(value, transition ? before : undefined, minor);
      for (const fault of found) yield { ...fault, id, at: path, transition };
    }
  }
}

const unreadable: Fault = {
  path: [],
  message: 'a value of the wrong type, there before this change, keeps the API server from evaluating one of its conditions',
  unevaluable: true,
};

interface Site {
  readonly path: Path;
  readonly value: Json;
  /** Items of lists have no counterpart in the former object: the lists of the CRDs are atomic. */
  readonly before: Json | undefined;
}

function* sites(value: Json, before: Json | undefined, steps: readonly string[], path: Path = []): Iterable<Site> {
  const [step, ...rest] = steps;
  if (step === undefined) yield { path, value, before };
  else if (step !== '[]') {
    const child = isMap(value) ? own(value, step) : undefined;
    const former = isMap(before) ? own(before, step) : undefined;
    if (child !== undefined) yield* sites(child, former, rest, [...path, step]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* sites(item, undefined, rest, [...path, index]);
  }
}
