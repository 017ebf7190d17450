import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { type PolicyReportInput, policyReports, reportApis } from '../../src/report/policy-report.ts';

const [api] = reportApis;

function diagnostic(over: Partial<Diagnostic> = {}): Diagnostic {
  return {
    rule: 'limits-missing',
    code: 'PP501',
    severity: 'warning',
    effect: 'risk',
    message: 'no limits',
    why: 'because',
    docs: 'https://example.org',
    file: 'cluster/NodePool/gpu',
    object: { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: 'gpu' },
    path: '/spec',
    related: [],
    fixes: [],
    fingerprint: 'f',
    assumptions: [],
    ...over,
  };
}

function made(diagnostics: readonly Diagnostic[], more: Partial<PolicyReportInput> = {}) {
  return policyReports({ diagnostics, judged: new Map([['NodePool', 3]]), api, ...more });
}

describe('policy reports', () => {
  test('one a kind, in the order of their names, also of a kind of which nothing was found', () => {
    const other = diagnostic({ object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } });
    const judged = new Map([
      ['EC2NodeClass', 2],
      ['NodePool', 1],
    ]);
    const reports = made([diagnostic(), other], { judged });
    expect(reports.map(({ metadata, summary }) => [metadata.name, summary.pass])).toEqual([
      ['poolproof-deployment', 0],
      ['poolproof-ec2nodeclass', 2],
      ['poolproof-nodepool', 0],
    ]);
  });

  test('errors fail, the rest warns, what is suppressed is skipped with its reason', () => {
    const [report] = made([
      diagnostic({ severity: 'info' }),
      diagnostic({ severity: 'error', check: 'NP-1', object: { kind: 'NodePool', name: 'b' } }),
      diagnostic({ suppressed: { by: 'annotation', reason: 'on purpose' }, object: { kind: 'NodePool', name: 'c' } }),
    ]);
    expect(report?.summary).toEqual({ pass: 1, fail: 1, warn: 1, error: 0, skip: 1 });
    expect(report?.results.map(({ result, severity, scored, rule }) => [result, severity, scored, rule])).toEqual([
      ['fail', 'high', true, 'NP-1'],
      ['skip', 'medium', false, undefined],
      ['warn', 'info', false, undefined],
    ]);
    expect(report?.results[1]?.properties).toMatchObject({ suppressedBy: 'annotation', reason: 'on purpose' });
  });

  test('what is about no object has a report of its own', () => {
    const { object: _, ...homeless } = diagnostic();
    const reports = made([homeless], { judged: new Map() });
    expect(reports.map(({ metadata }) => metadata.name)).toEqual(['poolproof-cluster']);
    expect(reports[0]?.results[0]).not.toHaveProperty('resources');
  });

  test('the gravest of too many are kept, all are counted, and the object says how many it lacks', () => {
    const many = Array.from({ length: 1200 }, () => diagnostic());
    const [report] = made([...many, diagnostic({ severity: 'error' })]);
    expect(report?.results).toHaveLength(1000);
    expect(report?.results[0]?.result).toBe('fail');
    expect(report?.summary).toMatchObject({ warn: 1200, fail: 1 });
    expect(report?.metadata.annotations).toEqual({ 'poolproof.dev/results-left-out': '201' });
  });

  test('long ones are cut sooner, so that the API server stores the object', () => {
    const [report] = made(Array.from({ length: 500 }, () => diagnostic({ message: 'x'.repeat(10_000) })));
    expect(JSON.stringify(report).length).toBeLessThan(1_000_000);
    expect(report?.results.length).toBeGreaterThan(50);
  });

  test('a shard is part of the name and a label', () => {
    const [report] = made([diagnostic()], { shard: '2-of-3' });
    expect(report?.metadata).toMatchObject({ name: 'poolproof-nodepool-2-of-3', labels: { 'poolproof.dev/shard': '2-of-3' } });
  });

  test('equal findings give equal objects', () => {
    expect(made([diagnostic()])).toEqual(made([diagnostic()]));
  });
});
