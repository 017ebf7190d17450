import type { Context } from '../context/context.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { World } from './world.ts';

/** Searches the pools of a world, and remembers what was found. */
export function firstPoolIn(world: World): World['firstPool'] {
  const asked = new Map<unknown, Map<unknown, NodePool | undefined>>();
  return (question, about, likeness, className) => {
    const answers = asked.get(question) ?? new Map<unknown, NodePool | undefined>();
    asked.set(question, answers);
    const key = likeness ?? about;
    if (!answers.has(key))
      answers.set(
        key,
        poolsAmong(world.context, className).find((pool) => question(pool, about, world)),
      );
    return answers.get(key);
  };
}

/** The pools that a search goes through. */
export function poolsAmong(context: Context, className: string | undefined): readonly NodePool[] {
  return className === undefined ? context.nodePools : context.poolsNaming(className);
}
