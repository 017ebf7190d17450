import { describe, expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import type { Minor } from '../../../src/algebra/version.ts';
import { identityOf } from '../../../src/context/link.ts';
import { composeYaml } from '../../../src/document/compose-yaml.ts';
import type { Document } from '../../../src/document/document.ts';
import { parseWith } from '../../../src/document/parse.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Profile } from '../../../src/lint/world.ts';
import { effectOf } from '../../../src/model/schema/violation.ts';
import { caseOf } from '../../support/case.ts';
import { judgeFor } from '../../support/judge.ts';
import { readCases } from '../../verdicts/cases.mjs';

const cases = readCases();

/** What the engine holds against an object is what the rules say of it: no more, no less, whatever the profile. */
describe('rules repeat the verdict', () => {
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
  ])('Karpenter %s, profile %s', async (minor, profile) => {
    const judge = await judgeFor(minor);
    const wrong: string[] = [];
    for (const { name, text, old } of cases) {
      const [document] = parsed(text);
      const before = old === undefined ? undefined : parsed(old);
      const object = document?.objects[0];
      if (!document || !object) continue;
      const { facts, policy } = caseOf(`# karpenter: ${minor}\n# profile: ${profile}\n`, rules[0] as never, new Set());
      const plain = { ...policy, rules: new Map() };
      const job = { documents: [document], rules, facts, policy: plain, judge, ...(before && { before }) };
      const told = new Set(lint(job).diagnostics.map(({ effect }) => effect));
      const former = before?.flatMap(({ objects }) => objects).find((one) => identityOf(one) === identityOf(object));
      const held = new Set([...judge(object, former).map(effectOf), ...duplicateKeys(document)]);
      for (const effect of ['rejected', 'dropped'] as const) {
        if (told.has(effect) !== held.has(effect))
          wrong.push(`${name}: ${effect} is ${held.has(effect) ? 'not told' : 'invented'}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function parsed(text: string): readonly Document[] {
  return parseWith({ file: 'case.yaml', text }, {}, composeYaml);
}

/** The judge sees an object, in which a key is there once. */
function duplicateKeys({ problems }: Document): readonly 'dropped'[] {
  return problems.some(({ kind }) => kind === 'duplicate-key') ? ['dropped'] : [];
}

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(300);
});
