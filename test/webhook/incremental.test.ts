import { beforeAll, describe, expect, test, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Config, OverrideSetting } from '../../src/config/config.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { introduced } from '../../src/lint/introduced.ts';
import { type Engine, engineFrom } from '../../webhook/engine.ts';
import { judgement } from '../../webhook/findings.ts';
import { documentFrom, type Surroundings, withDocument, without } from '../../webhook/surroundings.ts';
import { inputOf } from './support/asked.ts';
import { chance } from './support/mutate.ts';
import { type Draw, draw, type Tree } from './support/random-cluster.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const now = Date.parse('2026-11-24T00:00:00Z');

const loud: OverrideSetting = {
  labels: { loud: 'true' },
  rules: { 'overlap-same-weight': { level: 'error' }, 'limits-unknown-resource': { level: 'error' } },
};
const configurations: readonly (readonly [string, Config])[] = [
  ['of whose objects all are in view', { closedWorld: true, profile: 'production' }],
  ['that is seen in part, with rules that are louder here and there', { overrides: [loud] }],
];

const said = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ suppressed }) => !suppressed)
    .map(({ rule, severity, path, object, message, related }) =>
      JSON.stringify([rule, severity, path, object?.name, message, related]),
    );

describe.each(configurations)('a cluster %s', (_, config) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await engineFrom(inputOf({}, config), rules);
  });

  test('asking only what can have changed gives what asking everything gives', () => {
    const made = draw(chance(7));
    const { pick } = made;
    const judge = judgement(engine, engine.quick);
    const seen = { elsewhere: 0, own: 0, rules: new Set<string>() };
    let cluster: readonly Tree[] = [];
    let clock = now;
    // As long as an instant stands for those after it, all is judged as of it.
    let instant = clock;
    for (let round = 0; round < ROUNDS; round++) {
      cluster = round % 20 === 0 ? firstOf(made) : laterOf(cluster, made);
      clock += pick([0, 1000, 50_000, 7 * 3_600_000]);
      if (clock - instant > 60_000) instant = clock;
      const documents = cluster.map(documentOf);
      const around: Surroundings = { objects: cluster, documents, hasWorkloads: true, version: round, ageSeconds: 0 };
      const ask = (all: readonly Document[], before: Tree | undefined) =>
        engine.judge({
          rules: engine.quick,
          documents: all,
          before: before && documentFrom(before),
          isWhole: true,
          now: instant,
        });
      for (const next of [
        () => made.pool(pick(names)),
        () => twinIn(cluster, made),
        () => made.nodeClass(pick(['one', 'two', 'three'])),
        () => made.overlay(pick(['cheap', 'dear'])),
      ]) {
        const changed = next();
        const held = same(cluster, changed);
        // What the request replaces is not always what the snapshot shows.
        const before = pick([held, held, held && renamed(next(), held), renamed(next(), changed), undefined]);
        const found = judge({ object: changed, oldObject: before ?? null }, around, clock, false);
        const former = before ? withDocument(documents, documentFrom(before)) : without(documents, documentFrom(changed));
        const full = introduced(
          ask(withDocument(documents, documentFrom(changed)), before).diagnostics,
          ask(former, undefined).diagnostics,
        );
        expect(said(found.introduced)).toEqual(said(full));
        expect(found.crashes).toEqual([]);
        for (const { object, rule } of full) {
          seen[object?.name === changed.metadata?.name ? 'own' : 'elsewhere']++;
          if (object?.name !== changed.metadata?.name) seen.rules.add(rule);
        }
      }
    }
    // What a change does to other objects is among what was compared.
    expect(seen.own).toBeGreaterThan(100);
    expect(seen.elsewhere).toBeGreaterThan(30);
    expect(seen.rules.size).toBeGreaterThan(8);
    expect(seen.rules).toContain('overlap-identical-pools');
  });
});

const ROUNDS = 60;
const names = ['a', 'b', 'c', 'd', 'e'];

function firstOf(made: Draw): readonly Tree[] {
  return [
    ...['a', 'b', 'c', 'd'].map(made.pool),
    ...['one', 'two'].map(made.nodeClass),
    made.overlay('cheap'),
    ...Array.from({ length: 14 }, (_, index) => made.other(index)),
  ];
}

/** Something is another, something is gone, something has come. */
function laterOf(cluster: readonly Tree[], made: Draw): readonly Tree[] {
  const { pick } = made;
  const come = pick([
    made.pool(pick(names)),
    made.nodeClass(pick(['one', 'two'])),
    made.other(pick([0, 1, 2, 30])),
    made.overlay('cheap'),
  ]);
  const known = same(cluster, come);
  if (known)
    return pick([true, true, false])
      ? cluster.map((each) => (each === known ? come : each))
      : cluster.filter((each) => each !== known);
  return pick([
    [...cluster, come],
    [come, ...cluster],
  ]);
}

/** A pool that is equal to another but for the name. */
function twinIn(cluster: readonly Tree[], { pick, pool }: Draw): Tree {
  const pools = cluster.filter(({ kind }) => kind === 'NodePool');
  return renamed(pick([...pools, pool('a')]), { metadata: { name: pick(names) } });
}

function renamed(tree: Tree, { metadata }: Tree): Tree {
  return { ...tree, metadata: { ...tree.metadata, name: metadata?.name } };
}

function same(cluster: readonly Tree[], { kind, metadata }: Tree): Tree | undefined {
  return cluster.find((each) => each.kind === kind && each.metadata?.name === metadata?.name);
}

/** As the webhook does: one document for one object. */
function documentOf(object: Tree): Document {
  const document = documents.get(object) ?? documentFrom(object);
  documents.set(object, document);
  return document;
}

const documents = new WeakMap<Tree, Document>();

describe('an object alone', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await engineFrom(inputOf({}, { closedWorld: true, profile: 'production' }), rules);
  });

  test('asking of the former state only who speaks of the new one gives what asking all of both gives', () => {
    const made = draw(chance(11));
    const ask = (asked: Tree, before: Tree | undefined) =>
      engine.judge({
        rules: engine.quick,
        documents: [documentFrom(asked)],
        before: before && documentFrom(before),
        isWhole: false,
        now,
      }).diagnostics;
    const judge = judgement(engine, engine.quick);
    const counts = { introduced: 0, kept: 0 };
    for (let round = 0; round < 40; round++) {
      const [old, changed] = round % 2 === 0 ? [made.pool('a'), made.pool('a')] : [made.nodeClass('one'), made.nodeClass('one')];
      const found = judge({ object: changed, oldObject: old }, undefined, now, false);
      const [after, former] = [ask(changed, old), ask(old, undefined)];
      expect(said(found.introduced)).toEqual(said(introduced(after, former)));
      counts.introduced += found.introduced.length;
      counts.kept += after.length - found.introduced.length;
    }
    // Both what a change brings in and what was there before it were among what was compared.
    expect(Math.min(counts.introduced, counts.kept)).toBeGreaterThan(10);
  });
});
