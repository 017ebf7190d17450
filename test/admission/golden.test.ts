import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AdmissionMode } from '../../src/config/config.ts';
import { answered, still } from '../webhook/support/answered.ts';
import { standing } from '../webhook/support/asked.ts';

interface Exchange {
  readonly path: string;
  readonly review: { readonly request: { readonly operation: string; readonly subResource?: string; readonly name?: string } };
  readonly answer: {
    readonly response: {
      readonly uid: string;
      readonly allowed: boolean;
      readonly status?: unknown;
      readonly warnings?: readonly string[];
      readonly auditAnnotations: { readonly mode: AdmissionMode; readonly decision: string; readonly rules?: string };
    };
  };
}

/** What a real API server asked and was answered; run.mjs asks again. */
const { objects, reviews }: { readonly objects: readonly unknown[]; readonly reviews: readonly Exchange[] } = JSON.parse(
  readFileSync('test/admission/golden.json', 'utf8'),
);

const named = reviews.map((exchange) => {
  const { operation, subResource = '', name } = exchange.review.request;
  const { mode, decision } = exchange.answer.response.auditAnnotations;
  return [`${operation} ${name ?? 'without a name'} ${subResource}, mode ${mode}: ${decision}`, exchange] as const;
});

describe('reviews of a real API server', () => {
  test('are of every operation, mode and decision', () => {
    const said = named.map(([title]) => title).join('\n');
    for (const word of [
      'CREATE pool-',
      'UPDATE',
      'scale',

      'off',
      'audit',
      'warn',
      'enforce',
      'skip',
      'deny',
      'allow',
    ])
      expect(said).toContain(word);
  });

  test.each(named)('%s', async (_, { review, answer }) => {
    const { mode } = answer.response.auditAnnotations;
    const settings = await standing(
      { mode },
      { rules: { 'budget-percent-of-few': { level: 'error' } }, karpenterVersion: '1.15' },
    );
    const { response } = await answered(review, settings, still(objects));
    const { config: _config, ...annotations } = response.auditAnnotations ?? {};
    const { allowed, uid, status, warnings } = answer.response;
    const { decision, rules } = answer.response.auditAnnotations;
    expect({ allowed: response.allowed, uid: response.uid, status: response.status, warnings: response.warnings }).toEqual({
      allowed,
      uid,
      status,
      warnings,
    });
    expect(annotations).toMatchObject({ mode, decision, ...(rules !== undefined && { rules }) });
  });
});
