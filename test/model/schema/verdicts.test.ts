import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Minor } from '../../../src/algebra/version.ts';
import { toPlain } from '../../../src/document/node.ts';
import { parse } from '../../../src/document/parse.ts';
import { judge } from '../../../src/model/schema/judge.ts';
import { loadSchemas, type Schemas } from '../../../src/model/schema/load.ts';
import { effectOf } from '../../../src/model/schema/violation.ts';
import { readCases, type VerdictCase } from '../../verdicts/cases.mjs';

interface Recording {
  readonly minors: readonly Minor[];
  readonly cases: Readonly<Record<string, readonly { readonly minors: string; readonly verdict: string }[]>>;
}

const kinds = ['NodePool', 'EC2NodeClass', 'NodeClaim', 'NodeOverlay', 'CapacityBuffer'];
const recording: Recording = JSON.parse(readFileSync('test/verdicts/recorded.json', 'utf8'));
/**
 * Texts that our documents take otherwise than kubectl's reader, so that the engine is asked about something else: nesting beyond
 * 200 levels is refused, and of YAML 1.1's own errors two are read.
 */
const readOtherwise: ReadonlySet<string> = new Set([]);
const cases = readCases().filter(({ name }) => !readOtherwise.has(name));
const schemas = new Map<Minor, Schemas>();

beforeAll(async () => {
  for (const minor of recording.minors) schemas.set(minor, await loadSchemas(minor, kinds));
});

describe('the verdict of a real API server', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const answers = recording.cases[name] ?? [];
    expect(answers).not.toEqual([]);
    const read = await reading(one);
    const ours = answers.map(({ minors }) => minors.split(' ').map((minor) => [minor, verdict(read, minor as Minor)]));
    expect(ours).toEqual(answers.map(({ minors, verdict }) => minors.split(' ').map((minor) => [minor, verdict])));
  });
});

interface Reading {
  readonly object: unknown;
  readonly old: unknown;
  readonly isReadable: boolean;
  /** A repeated key counts only where the server reads the text itself: kubectl drops it on the way. */
  readonly isRepetitive: boolean;
}

async function reading({ text, old, as }: VerdictCase): Promise<Reading> {
  const now = await document(text);
  const before = old === undefined ? undefined : await document(old);
  const repeated = now.problems.some(({ kind }) => kind === 'duplicate-key');
  return {
    object: now.object,
    old: before?.object,
    isReadable: now.problems.every(({ kind }) => kind === 'duplicate-key'),
    isRepetitive: repeated && as !== 'kubectl',
  };
}

async function document(
  text: string,
): Promise<{ readonly object: unknown; readonly problems: readonly { readonly kind: string }[] }> {
  const [first] = await parse({ file: 'case.yaml', text });
  return { object: first?.root ? toPlain(first.root) : null, problems: first?.problems ?? [] };
}

function verdict({ object, old, isReadable, isRepetitive }: Reading, minor: Minor): string {
  const known = schemas.get(minor);
  if (!known) throw new Error(`no schemas for ${minor}`);
  const violations = judge(known, object, old);
  if (!isReadable || violations.some((violation) => effectOf(violation) === 'rejected')) return 'rejected';
  return violations.length > 0 || isRepetitive ? 'dropped' : 'accepted';
}
