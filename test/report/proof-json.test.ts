import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, test } from 'vitest';
import { proofJson } from '../../src/report/proof-json.ts';
import { emptyReport, sampleReport } from './sample-proof.ts';

const schema = JSON.parse(readFileSync('schema/proof.schema.json', 'utf8'));
const reports = { sample: sampleReport, empty: emptyReport };

/** The schema with every object closed: what is printed and not described is a mistake of ours, though none of a reader's. */
function closed(node: unknown): AnySchema {
  if (Array.isArray(node)) return node.map(closed) as unknown as AnySchema;
  if (node === null || typeof node !== 'object') return node as AnySchema;
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)] as const);
  const isRecord = 'properties' in node && 'required' in node;
  return { ...Object.fromEntries(entries), ...(isRecord && { additionalProperties: false }) };
}

describe.each(Object.entries(reports))('%s', (_, report) => {
  test('keeps to the published schema, and the schema describes all of it', () => {
    for (const each of [schema, closed(schema)]) {
      const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(each);
      validate(JSON.parse(proofJson(report)));
      expect(validate.errors).toBeNull();
    }
  });
});

test('the schema refuses what is no proof', () => {
  const validate = new Ajv().compile(schema);
  const document = JSON.parse(proofJson(sampleReport));
  expect(validate({ ...document, pools: [{ ...document.pools[0], verdict: 'perhaps' }] })).toBe(false);
  expect(validate({ ...document, unknowns: [{ says: 'what', supply: 'how' }] })).toBe(false);
});

describe('a program finds', () => {
  const { pools, pods, unknowns, target } = JSON.parse(proofJson(sampleReport));
  const [general, gpu] = pools;
  const [web, train, db] = pods;

  test('each step of the narrowing with its place', () => {
    const { requirement, left } = general.instanceTypes.narrowing[1];
    expect(requirement).toMatchObject({ file: 'pools.yaml', path: '/spec/template/spec/requirements/0' });
    expect(requirement.range.start).toMatchObject({ line: 10, column: 11 });
    expect(left).toBe(512);
  });

  test('the arithmetic in exact texts', () => {
    const { capacity, overhead, daemons, request, left } = web.witness.arithmetic.memory;
    const taken = [...overhead, ...daemons].map(({ amount }) => BigInt(amount));
    expect(taken.reduce((rest, amount) => rest - amount, BigInt(capacity)) - BigInt(request)).toBe(BigInt(left));
  });

  test('conflicts with their constraints, and fixes as edits', () => {
    expect(train.conflict).toHaveLength(3);
    expect(train.conflict[0]).toMatchObject({ pool: 'gpu', irreducible: true });
    expect(train.conflict[0].constraints[0]).toMatchObject({
      file: 'pools.yaml',
      kind: 'taint',
      says: expect.stringContaining('taints'),
    });
    const [edit] = gpu.conflict[0].fixes[0].edits;
    expect(edit).toMatchObject({ file: 'pools.yaml', text: 'amd64', range: { start: { line: 29 } } });
  });

  test('only what a verdict stands on, and null where nothing is known', () => {
    expect(web).not.toHaveProperty('conflict');
    expect(train).not.toHaveProperty('witness');
    expect(db.missing).toEqual(unknowns);
    expect(gpu).toMatchObject({ cheapest: null, limits: { binding: null, nodesThatFit: null } });
    expect(target.zones).toBeNull();
  });
});
