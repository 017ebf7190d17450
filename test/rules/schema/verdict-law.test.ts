import { expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import type { Minor } from '../../../src/algebra/version.ts';
import { identityOf } from '../../../src/context/link.ts';
import type { Effect } from '../../../src/diagnostic/diagnostic.ts';
import { composeYaml } from '../../../src/document/compose-yaml.ts';
import type { Document } from '../../../src/document/document.ts';
import { parseWith } from '../../../src/document/parse.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Profile } from '../../../src/lint/world.ts';
import { effectOf } from '../../../src/model/schema/violation.ts';
import { caseOf } from '../../support/case.ts';
import { judgeFor } from '../../support/judge.ts';
import { readCases } from '../../verdicts/cases.mjs';

interface Case {
  readonly name: string;
  readonly document: Document;
  readonly before: readonly Document[] | undefined;
}

const cases: readonly Case[] = readCases().flatMap(({ name, text, old }) => {
  const [document] = parsed(name, text);
  return document?.objects[0] ? [{ name, document, before: old === undefined ? undefined : parsed(name, old) }] : [];
});

/** What is said of all objects together is no verdict, and every case has the same name. */
const perObject = rules.filter(({ on }) => on !== 'Context');
/** The rules that word verdicts; that no other says "rejected" is looked at once. */
const verdicts = perObject.filter(({ on }) => on === 'Object' || on === 'Refused' || on === 'Document');

/** What the engine holds against an object is what the rules say of it: no more, no less, whatever the profile. */
test.each<[Minor, Profile]>([
  ['1.0', 'recommended'],
  ['1.8', 'recommended'],
  ['1.15', 'recommended'],
  ['1.14', 'minimal'],
  ['1.14', 'recommended'],
  ['1.14', 'production'],
  ['1.14', 'spot-heavy'],
  ['1.14', 'security'],
  ['1.14', 'dev'],
])('Karpenter %s, profile %s', { timeout: 60_000 }, async (minor, profile) => {
  const judge = await judgeFor(minor);
  const { facts, policy } = caseOf(`# karpenter: ${minor}\n# profile: ${profile}\n`, rules[0] as never, new Set());
  const told = new Map<string, Set<Effect>>();
  const creations = cases.filter(({ before }) => !before);
  const jobs = [
    { documents: creations.map(({ document }) => document) },
    ...cases.flatMap(({ document, before }) => (before ? [{ documents: [document], before }] : [])),
  ];
  for (const job of jobs) {
    for (const { file, effect } of lint({
      ...job,
      rules: profile === 'recommended' && minor === '1.15' ? perObject : verdicts,
      facts,
      policy: { ...policy, rules: new Map() },
      judge,
    }).diagnostics)
      told.set(file, (told.get(file) ?? new Set()).add(effect));
  }
  const wrong: string[] = [];
  for (const { name, document, before } of cases) {
    const [object] = document.objects;
    const former = before?.flatMap(({ objects }) => objects).find((one) => object && identityOf(one) === identityOf(object));
    const held = new Set([...(object ? judge(object, former) : []).map(effectOf), ...duplicateKeys(document)]);
    for (const effect of ['rejected', 'dropped'] as const) {
      const isTold = told.get(name)?.has(effect) ?? false;
      if (isTold !== held.has(effect)) wrong.push(`${name}: ${effect} is ${isTold ? 'invented' : 'not told'}`);
    }
  }
  expect(wrong).toEqual([]);
});

function parsed(file: string, text: string): readonly Document[] {
  return parseWith({ file, text }, {}, composeYaml);
}

/** The judge sees an object, in which a key is there once. */
function duplicateKeys({ problems }: Document): readonly 'dropped'[] {
  return problems.some(({ kind }) => kind === 'duplicate-key') ? ['dropped'] : [];
}

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(300);
});
