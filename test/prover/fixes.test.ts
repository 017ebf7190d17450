import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import { applyEdits } from '../../src/document/apply-edits.ts';
import type { Document } from '../../src/document/document.ts';
import { parse } from '../../src/document/parse.ts';
import { renderFix } from '../../src/document/splice.ts';
import type { PodProof } from '../../src/prover/proof.ts';
import { prover } from '../../src/prover/prover.ts';
import { lineIndex } from '../../src/text/lines.ts';
import { facts, few, withSpot } from './support/prove.ts';
import { randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';

const catalog = withSpot(few);
const file = 'fleet.yaml';

async function read(text: string): Promise<readonly Document[]> {
  return parse({ file, text });
}

function podsOf(documents: readonly Document[]): readonly PodProof[] {
  return prover({ objects: documents.flatMap(({ objects }) => objects), declared: [], facts, catalog }).pods;
}

function edited(fix: Fix, text: string, documents: readonly Document[]): string | undefined {
  const index = lineIndex({ file, text });
  const rendered = renderFix(fix, { lines: () => index, documents: () => documents });
  return rendered && applyEdits(text, rendered.edits);
}

test('each fix, made in the text, lets the pool take the pod', { timeout: 3_600_000 }, async () => {
  const titles = new Set<string>();
  for (const seed of seeds(8)) {
    const text = randomFleet(seed)
      .map((one) => stringify(one, { aliasDuplicateObjects: false }))
      .join('---\n');
    const documents = await read(text);
    for (const { pod, conflicts } of podsOf(documents)) {
      for (const { pool, fixes } of conflicts) {
        for (const fix of fixes) {
          const after = edited(fix, text, documents);
          expect({ seed, pod, pool, fix: fix.title, isRendered: after !== undefined }).toMatchObject({ isRendered: true });
          const now = podsOf(await read(after ?? '')).find((one) => one.pod === pod);
          const verdict = now?.wouldBe.pool === pool ? 'proved' : now?.wouldBe.why.find((one) => one.pool === pool)?.verdict;
          expect({ seed, pod, pool, fix: fix.title, verdict }).toMatchObject({ verdict: 'proved' });
          titles.add(fix.title.split(' ')[0] ?? '');
        }
      }
    }
  }
  expect([...titles]).toEqual(expect.arrayContaining(['tolerate', 'ask', 'let', 'drop', 'raise', 'do']));
});
