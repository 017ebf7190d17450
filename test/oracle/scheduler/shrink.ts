import type { Scenario } from './random-scenario.ts';

/**
 * A smaller scenario about which the two still disagree: objects go in halves, quarters and so on down to single ones, then fields of
 * what is left, until nothing can go any more.
 */
export function shrink(scenario: Scenario, disagree: (smaller: Scenario) => boolean): Scenario {
  let smallest = withFewerObjects(scenario, disagree);
  for (let before = ''; before !== JSON.stringify(smallest); ) {
    before = JSON.stringify(smallest);
    smallest = withFewerFields(smallest, disagree);
  }
  return smallest;
}

function withFewerObjects(scenario: Scenario, disagree: (smaller: Scenario) => boolean): Scenario {
  let smallest = scenario;
  for (let size = Math.ceil(scenario.objects.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = smallest.objects.length - size; from > -size; from -= size) {
      const start = Math.max(0, from);
      const objects = smallest.objects.filter((_, index) => index < start || index >= from + size);
      const smaller = { ...smallest, objects };
      if (objects.length < smallest.objects.length && disagree(smaller)) smallest = smaller;
    }
  }
  return smallest;
}

/** Leaves out one field, or one item of a list, at a time; the deepest ones last. */
function withFewerFields(scenario: Scenario, disagree: (smaller: Scenario) => boolean): Scenario {
  let smallest = scenario;
  for (const path of [...pathsOf(scenario)].reverse()) {
    const smaller = structuredClone(smallest);
    if (remove(smaller, path) && disagree(smaller)) smallest = smaller;
  }
  return smallest;
}

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const own = [...path, key];
    if (own.length > 1) yield own;
    yield* pathsOf((value as Record<string | number, unknown>)[key], own);
  }
}

function remove(value: unknown, path: Path): boolean {
  let parent: unknown = value;
  for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, unknown> | undefined)?.[step];
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined || !(last in parent)) return false;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string | number, unknown>)[last];
  return true;
}
