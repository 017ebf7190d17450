import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { type InstanceShelf, instanceShelf } from '../../src/context/instance-shelf.ts';
import { type Judge, link } from '../../src/context/link.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { toPlain } from '../../src/document/node.ts';
import { parseWith } from '../../src/document/parse.ts';
import { ask, briefOf } from '../../src/lint/ask.ts';
import { atlas } from '../../src/lint/atlas.ts';
import type { Part } from '../../src/lint/part.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { worldOf } from '../../src/lint/run-world.ts';
import type { Facts } from '../../src/lint/world.ts';
import { documentFrom } from '../../webhook/surroundings.ts';
import { caseFiles, caseOf, ruleOf } from '../support/case.ts';
import { judgeFor } from '../support/judge.ts';
import { chance } from '../webhook/support/mutate.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 120_000 });

type Tree = { readonly [key: string]: unknown };

interface Setup {
  readonly file: string;
  /** The rule that the case is for. */
  readonly own: string;
  /** As an API server would send them: what a rule reads is declared for those. */
  readonly objects: readonly Tree[];
  readonly facts: Facts;
  readonly policy: Policy;
  readonly judge: Judge;
}

test('a rule says no more of a pool, and no less, where all that it reads is the same', async () => {
  const random = chance(3);
  const attentive = rules.filter(({ reads }) => reads !== undefined) as readonly Rule<'NodePool'>[];
  const cases = await setups();
  const all = cases.flatMap(({ objects }) => objects.filter(isPool));
  const counts = { silent: 0, loud: 0 };
  const differing: string[] = [];
  for (const setup of cases) {
    const { file, own, objects } = setup;
    for (const pool of objects.filter(isPool)) {
      const isSilent = silence(pool, setup);
      for (const rule of attentive) {
        if (rule.id !== own && (random() > 0.1 || !rule.needs?.every((need) => need === 'catalog'))) continue;
        const like = resembling(pool, all[Math.floor(random() * all.length)] ?? pool, rule.reads ?? []);
        const around = rule.reads?.includes('cluster')
          ? objects.map((each) => (each === pool ? like : each))
          : [like, ...objects.filter(({ kind }) => kind === 'EC2NodeClass')];
        const now = setup.facts.now + (rule.reads?.includes('clock') ? 0 : random() * 1e11);
        const [first, second] = [
          isSilent(rule),
          silence(like, { ...setup, objects: around, facts: { ...setup.facts, now } })(rule),
        ];
        counts[first ? 'silent' : 'loud']++;
        if (first !== second) differing.push(`${file} ${rule.id}: ${JSON.stringify(pool)} and ${JSON.stringify(like)}`);
      }
    }
  }
  expect(differing).toEqual([]);
  expect(Math.min(counts.silent, counts.loud)).toBeGreaterThan(300);
});

/** Whether rules find nothing in a pool. */
function silence(pool: Tree, { objects, facts, policy, judge }: Setup): (rule: Rule<'NodePool'>) => boolean {
  const documents = objects.map(documentFrom);
  const context = link({ documents, before: [], judge });
  const subject = context.nodePools[objects.filter(isPool).indexOf(pool)];
  const run = { world: worldOf(facts, context, false), policy, map: atlas(documents), onCrash: undefined };
  return (rule) => subject !== undefined && !ask(briefOf(rule, policy), [subject], run, []);
}

/** Another pool, with those parts of a pool that are read. */
function resembling(pool: Tree, other: Tree, reads: readonly Part[]): Tree {
  const made = structuredClone(other);
  // A class is found by its name.
  const parts = reads.some((part) => part === 'types' || part === 'class') ? [...reads, 'nodeClassRef' as const] : reads;
  for (const part of parts) {
    const path = paths[part];
    if (path) put(made, path, at(pool, path));
  }
  return made;
}

const template = ['spec', 'template'];
const paths: { readonly [P in Part]?: readonly string[] } = {
  replicas: ['spec', 'replicas'],
  limits: ['spec', 'limits'],
  disruption: ['spec', 'disruption'],
  labels: [...template, 'metadata', 'labels'],
  annotations: [...template, 'metadata', 'annotations'],
  requirements: [...template, 'spec', 'requirements'],
  taints: [...template, 'spec', 'taints'],
  startupTaints: [...template, 'spec', 'startupTaints'],
  nodeClassRef: [...template, 'spec', 'nodeClassRef'],
  expireAfter: [...template, 'spec', 'expireAfter'],
  terminationGracePeriod: [...template, 'spec', 'terminationGracePeriod'],
};

function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce((value: unknown, key) => (isTree(value) ? value[key] : undefined), tree);
}

function put(tree: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete tree[key];
    else tree[key] = value;
    return;
  }
  const inner = isTree(tree[key]) ? tree[key] : {};
  tree[key] = inner;
  put(inner, rest, value);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPool({ apiVersion, kind }: Tree): boolean {
  return kind === 'NodePool' && apiVersion === 'karpenter.sh/v1';
}

async function setups(): Promise<readonly Setup[]> {
  const ids = new Set(rules.map(({ id }) => id));
  const catalog = await loadCatalog();
  const shelves = new Map<string, InstanceShelf>();
  const found: Setup[] = [];
  for (const file of caseFiles('test/rules')) {
    const rule = rules.find(({ id }) => id === ruleOf(file));
    if (!rule) continue;
    const { files, facts, policy } = caseOf(readFileSync(file, 'utf8'), rule, ids);
    const { karpenterMinor: karpenter, region, zones } = facts.target;
    const key = JSON.stringify([karpenter, region, zones]);
    const shelf = shelves.get(key) ?? instanceShelf(catalog, { karpenter });
    shelves.set(key, shelf);
    const documents = [...files].flatMap(([name, text]) => parseWith({ file: name, text }, {}, composeYaml));
    const objects = documents.flatMap((document) => document.objects.map(({ node }) => toPlain(node) as Tree));
    const judge = await judgeFor(karpenter);
    if (objects.some(isPool)) found.push({ file, own: rule.id, objects, facts: { ...facts, catalog, shelf }, policy, judge });
  }
  return found;
}
