import type { Minor } from '../../algebra/version.ts';
import type { Path } from '../../text/place.ts';
import type { Fault } from './condition.ts';
import type { Condition, Post } from './conditions.ts';
import { isList, isMap, own } from './json.ts';
import type { Json } from './structure.ts';

/** A fault and whose it is. */
export interface PlacedFault {
  readonly fault: Fault;
  readonly condition: Condition;
  /** Where the condition stands; the fault's own path goes on from there. */
  readonly at: Path;
}

/**
 * Whether a part of an object has the shape of the schema. What is `broken` is told already; what is `unreadable` has a wrong type
 * that an update inherits, so that nothing is said but what the conditions make of it: the server fails to evaluate them.
 */
export type Soundness = 'sound' | 'broken' | 'unreadable';
export type SoundnessOf = (path: Path, keysOnly: boolean) => Soundness;

/** What the conditions hold against a normalized object. Without `soundness` all of it is sound. */
export function faults(
  { posts, minor }: { readonly posts: Post; readonly minor: Minor },
  root: Json,
  old: Json | undefined,
  soundness: SoundnessOf | undefined,
): readonly PlacedFault[] {
  const found: PlacedFault[] = [];
  const path: (string | number)[] = [];

  const walk = (post: Post, value: Json, before: Json | undefined): void => {
    for (const condition of post.conditions) {
      if (condition.transition && before === undefined) continue;
      const isComparable = !condition.transition || isMap(value) === isMap(before);
      const state = isComparable ? soundnessOfParts(condition, path, soundness) : 'unreadable';
      if (state === 'unreadable') found.push({ fault: unreadable, condition, at: [...path] });
      if (state !== 'sound') continue;
      for (const fault of condition.check(value, before, minor)) found.push({ fault, condition, at: [...path] });
    }
    if (isMap(value)) {
      for (const [key, below] of post.fields) {
        const child = own(value, key);
        if (child !== undefined) step(key, below, child, isMap(before) ? own(before, key) : undefined);
      }
    } else if (post.items && isList(value)) {
      // Items of lists have no counterpart in the former object: the lists of the CRDs are atomic.
      for (let index = 0; index < value.length; index++) step(index, post.items, value[index] as Json, undefined);
    }
  };
  const step = (key: string | number, post: Post, value: Json, before: Json | undefined): void => {
    path.push(key);
    walk(post, value, before);
    path.pop();
  };

  walk(posts, root, old);
  return found;
}

const unreadable: Fault = {
  path: [],
  message: 'a value of the wrong type that was there before keeps the API server from evaluating one of its conditions',
  unevaluable: true,
};

/** Of everything that the condition reads, the worst. */
function soundnessOfParts({ reads, keysOnly }: Condition, path: Path, soundness: SoundnessOf | undefined): Soundness {
  if (!soundness) return 'sound';
  if (!reads) return soundness(path, keysOnly);
  const states = reads.map((field) => soundness([...path, field], keysOnly));
  if (states.includes('broken')) return 'broken';
  return states.includes('unreadable') ? 'unreadable' : 'sound';
}
