import { beforeAll, expect, test, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { introduced } from '../../src/lint/introduced.ts';
import { type Engine, engineFrom } from '../../webhook/engine.ts';
import { judgement } from '../../webhook/findings.ts';
import { documentFrom, type Surroundings, withDocument } from '../../webhook/surroundings.ts';
import { inputOf, limits, pool } from './support/asked.ts';
import { chance } from './support/mutate.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let engine: Engine;

beforeAll(async () => {
  engine = await engineFrom(inputOf({}, { closedWorld: true, profile: 'production' }), rules);
});

const now = Date.parse('2026-11-24T00:00:00Z');

interface Tree {
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly resourceVersion?: unknown };
  readonly [key: string]: unknown;
}

function nodeClass(name: string, spec: Tree = {}): Tree {
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name, resourceVersion: '1' },
    spec: { role: 'node', amiSelectorTerms: [{ alias: 'al2023@v20260101' }], ...spec },
  };
}

function ofClass(name: string, spec: Tree, nodeClassName: string): Tree {
  const made = structuredClone(pool(name, { ...limits, ...spec }, { resourceVersion: '1' })) as {
    spec: { template: { spec: { nodeClassRef: { name: string } } } };
  };
  made.spec.template.spec.nodeClassRef.name = nodeClassName;
  return made as unknown as Tree;
}

const specs: readonly Tree[] = [
  { weight: 7 },
  { weight: 7 },
  { weight: 3 },
  { limits: { cpu: '1' } },
  { limits: { 'nvidia.com/gpu': '1' } },
  { replicas: 2, limits: { nodes: '3' } },
  {},
];
const classSpecs: readonly Tree[] = [
  { amiFamily: 'Bottlerocket', amiSelectorTerms: [{ alias: 'bottlerocket@latest' }] },
  { kubelet: { maxPods: 250 } },
  { kubelet: { systemReserved: { cpu: '3', memory: '20Gi' } } },
  { amiFamily: 'Windows2022', amiSelectorTerms: [{ alias: 'windows2022@latest' }] },
  {},
];

const said = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ rule, path, object, message }) => JSON.stringify([rule, path, object?.name, message])).sort();

test('asking only what can have changed gives what asking everything gives', () => {
  const random = chance(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let seen = 0;
  for (let round = 0; round < 16; round++) {
    const cluster = [
      ...['a', 'b', 'c', 'd'].map((name) => ofClass(name, pick(specs), pick(['one', 'two', 'none']))),
      ...['one', 'two'].map((name) => nodeClass(name, pick(classSpecs))),
    ];
    const documents = cluster.map(documentFrom);
    const around: Surroundings = { objects: cluster, documents, hasWorkloads: false, version: round, ageSeconds: 0 };
    const judge = judgement(engine, engine.quick);
    for (const changed of [
      ofClass(pick(['a', 'e']), pick(specs), pick(['one', 'two', 'none'])),
      nodeClass(pick(['one', 'three']), pick(classSpecs)),
    ]) {
      const old = cluster.find(({ kind, metadata }) => kind === changed.kind && metadata?.name === changed.metadata?.name);
      const found = judge({ object: changed, oldObject: old ?? null }, around, now, false);
      const ask = (all: readonly Document[], before: Tree | undefined) =>
        engine.judge({ rules: engine.quick, documents: all, before: before && documentFrom(before), isWhole: true, now });
      const full = introduced(
        ask(withDocument(documents, documentFrom(changed)), old).diagnostics,
        ask(documents, undefined).diagnostics,
      );
      expect(said(found.introduced)).toEqual(said(full));
      seen += full.filter(({ object }) => object?.name !== changed.metadata?.name).length;
    }
  }
  // What a change does to other objects is among what was compared.
  expect(seen).toBeGreaterThan(2);
});

test('asking of the former state only who speaks of the new one gives what asking all of both gives', () => {
  const random = chance(11);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
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
    const [old, changed] =
      round % 2 === 0
        ? [ofClass('a', pick(specs), 'one'), ofClass('a', pick(specs), 'one')]
        : [nodeClass('one', pick(classSpecs)), nodeClass('one', pick(classSpecs))];
    const found = judge({ object: changed, oldObject: old }, undefined, now, false);
    const [after, former] = [ask(changed, old), ask(old, undefined)];
    expect(said(found.introduced)).toEqual(said(introduced(after, former)));
    counts.introduced += found.introduced.length;
    counts.kept += after.length - found.introduced.length;
  }
  // Both what a change brings in and what was there before it were among what was compared.
  expect(Math.min(counts.introduced, counts.kept)).toBeGreaterThan(10);
});
