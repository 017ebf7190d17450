import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Standing } from '../../webhook/standing.ts';
import { answered, rulesOf, still } from './support/answered.ts';
import { limits, pool, reviewBody, standing } from './support/asked.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const strict = { failOn: 'warning' } as const;
let enforcing: Standing;
let warning: Standing;

beforeAll(async () => {
  [enforcing, warning] = await Promise.all([standing({ mode: 'enforce' }, strict), standing({ mode: 'warn' }, strict)]);
});

describe('modes', () => {
  const bare = reviewBody(pool('bare'));

  test('off looks at nothing, whatever the rules say', async () => {
    const off = await standing({ mode: 'off', rules: { 'limits-missing': 'enforce' } }, strict);
    expect((await answered(bare, off)).response).toEqual({
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      allowed: true,
      auditAnnotations: { decision: 'skip', mode: 'off', config: off.config },
    });
  });

  test('audit notes, and says nothing to the user', async () => {
    const { decision, response } = await answered(bare, await standing({ mode: 'audit' }, strict));
    expect(decision).toBe('audit');
    expect(response.allowed).toBe(true);
    expect(response.warnings).toBeUndefined();
    expect(response.auditAnnotations).toMatchObject({ decision: 'audit', rules: 'limits-missing', mode: 'audit' });
  });

  test('warn warns', async () => {
    const { response } = await answered(bare, warning);
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { decision: 'warn', rules: 'limits-missing' } });
    expect(response.warnings).toEqual([
      'poolproof: limits-missing: pool "bare" limits none of cpu, memory, nodes: only the account\'s quota ends its growth',
    ]);
  });

  test('enforce denies, as the API server words it', async () => {
    const { response } = await answered(bare, enforcing);
    const message = expect.stringMatching(/^poolproof: limits-missing: pool "bare" .* \(https:\/\/karpenter\.sh\/.*\)$/);
    expect(response.allowed).toBe(false);
    expect(response.status).toEqual({
      code: 422,
      reason: 'Invalid',
      message: expect.stringContaining('spec: poolproof: limits-missing: '),
      details: {
        name: 'bare',
        group: 'karpenter.sh',
        kind: 'NodePool',
        causes: [{ reason: 'FieldValueInvalid', field: 'spec', message }],
      },
    });
    expect(response.warnings).toBeUndefined();
  });

  test('or in one message, to which kubectl puts the name of the webhook', async () => {
    const { response } = await answered(bare, await standing({ mode: 'enforce', denyFormat: 'message' }, strict));
    expect(response.status).toEqual({ code: 403, message: expect.stringMatching(/^spec: poolproof: limits-missing: /) });
  });

  test('a rule may have a mode of its own, weaker or stronger', async () => {
    const weaker = await standing({ mode: 'enforce', rules: { 'limits-missing': 'warn' } }, strict);
    expect((await answered(bare, weaker)).decision).toBe('warn');
    const stronger = await standing({ mode: 'audit', rules: { 'limits-missing': 'enforce' } }, strict);
    expect((await answered(bare, stronger)).decision).toBe('deny');
    const none = await standing({ mode: 'enforce', rules: { 'limits-missing': 'off' } }, strict);
    expect(await answered(bare, none)).toMatchObject({ decision: 'allow', findings: [] });
  });

  test('below failOn nothing is denied', async () => {
    const { decision, response } = await answered(bare, await standing({ mode: 'enforce' }));
    expect(decision).toBe('warn');
    expect(response.warnings).toHaveLength(1);
  });

  test('a sound pool is let through without a word', async () => {
    const { decision, response } = await answered(reviewBody(pool('sound', limits)), enforcing);
    expect(decision).toBe('allow');
    expect(response).toEqual({
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      allowed: true,
      auditAnnotations: { decision: 'allow', mode: 'enforce', config: enforcing.config },
    });
  });
});

describe('an update is judged by what it brings in', () => {
  const update = (object: object, oldObject: object, more: object = {}) =>
    answered(reviewBody(object, { operation: 'UPDATE', oldObject, ...more }), enforcing);

  test('what was wrong before stays allowed', async () => {
    const { decision, findings } = await update(pool('old', { weight: 3 }), pool('old'));
    expect(findings).toEqual([]);
    expect(decision).toBe('allow');
  });

  test('what is new is denied, and only that', async () => {
    const review = await update(pool('old', { disruption: { consolidateAfter: '0s', budgets: [{ nodes: '0' }] } }), pool('old'));
    expect(rulesOf(review)).toContain('budget-zero-always');
    expect(rulesOf(review)).not.toContain('limits-missing');
    expect(review.decision).toBe('deny');
  });

  test("an unchanged spec is not looked at: finalizers and hash annotations are Karpenter's", async () => {
    const annotated = pool(
      'old',
      {},
      { annotations: { 'karpenter.sh/nodepool-hash': '1' }, finalizers: ['karpenter.sh/termination'] },
    );
    expect((await update(annotated, pool('old'))).decision).toBe('skip');
  });

  test('nor is what is being deleted', async () => {
    const going = pool('old', { weight: 3 }, { deletionTimestamp: '2026-11-24T00:00:00Z' });
    expect((await update(going, pool('old', limits))).decision).toBe('skip');
  });

  test('nor what Karpenter writes itself', async () => {
    const karpenter = { userInfo: { username: 'system:serviceaccount:kube-system:karpenter', groups: [] } };
    expect((await update(pool('old'), pool('old', limits), karpenter)).decision).toBe('skip');
    const other = { userInfo: { username: 'system:serviceaccount:shop:karpenter', groups: [] } };
    expect((await update(pool('old'), pool('old', limits), other)).decision).toBe('deny');
  });

  test('status, finalizers and deletions are not looked at', async () => {
    for (const subResource of ['status', 'finalizers'])
      expect((await update(pool('old'), pool('old', limits), { subResource })).decision).toBe('skip');
    expect((await update(pool('old'), pool('old', limits), { operation: 'DELETE', object: null })).decision).toBe('skip');
    expect((await update(pool('old'), pool('old', limits), { operation: 'CONNECT' })).decision).toBe('skip');
  });

  test('what the API server refuses to change is no ratchet: the change itself is the finding', async () => {
    const fixed = pool('old', { ...limits, replicas: 3 });
    const { findings } = await update(pool('old', limits), fixed);
    expect(findings.map(({ rule }) => rule)).toContain('change-rejected-on-update');
  });
});

describe('requests', () => {
  test('a dry run is judged alike', async () => {
    const [wet, dry] = await Promise.all([
      answered(reviewBody(pool('x')), enforcing),
      answered(reviewBody(pool('x'), { dryRun: true }), enforcing),
    ]);
    expect(dry.response.status).toEqual(wet.response.status);
  });

  test('a name that the API server makes up is not known', async () => {
    const generated = pool('x', {}, { name: undefined, generateName: 'pool-' });
    const { response } = await answered(reviewBody(generated), enforcing);
    expect(response.status?.details?.causes[0]).toMatchObject({ field: 'spec' });
    expect(response.status?.message).toContain('limits-missing: pool limits none');
  });

  test('kinds that are not ours are let through', async () => {
    const claim = { apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim', metadata: { name: 'x' }, spec: {} };
    expect((await answered(reviewBody(claim), enforcing)).decision).toBe('skip');
  });

  test('an object that brings a toString of its own is an object like others', async () => {
    const odd = { ...pool('x'), kind: { toString: 1 }, metadata: { name: { toString: 1, valueOf: 1 } } };
    const review = await answered(reviewBody(pool('x', { weight: 3 }), { operation: 'UPDATE', oldObject: odd }), enforcing);
    expect(rulesOf(review)).toContain('limits-missing');
  });

  test('more than ten warnings are counted, the gravest come first', async () => {
    const many = {
      weight: 1000,
      disruption: {
        consolidateAfter: '0s',
        consolidationPolicy: 'x',
        budgets: [{ nodes: '0' }, { nodes: '-1' }, { nodes: 'x' }],
      },
      template: {
        spec: {
          requirements: Array.from({ length: 12 }, (_, at) => ({ key: `karpenter.sh/x${at}`, operator: 'In', values: [] })),
        },
      },
    };
    const { response, findings } = await answered(reviewBody(pool('x', many)), warning);
    expect(findings.length).toBeGreaterThan(10);
    expect(response.warnings).toHaveLength(10);
    const last = response.warnings?.at(-1) ?? '';
    expect(last).toMatch(/^poolproof: … and \d+ more, run `poolproof lint`$/);
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    for (const text of response.warnings ?? []) expect([...text].length).toBeLessThanOrEqual(200);
  });

  const order = ['error', 'warning', 'info'];

  test('nothing in an object gets control characters into a terminal', async () => {
    const evil = pool('x\u001b[31m\n\u202eevil\ud800', { weight: 1000 });
    for (const settings of [enforcing, warning]) {
      const { response } = await answered(reviewBody(evil), settings);
      const texts = [...(response.warnings ?? []), ...(response.status?.details?.causes ?? []).map(({ message }) => message)];
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
    }
  });
});

describe('exemptions', () => {
  const bare = reviewBody(pool('legacy-1'));
  const exempt = (more: object) =>
    standing({ mode: 'enforce', exemptions: [{ rules: ['limits-missing'], reason: 'old', ...more }] }, strict);
  const decision = async (more: object) => (await answered(bare, await exempt(more))).decision;

  test('hold for what they name', async () => {
    expect(await decision({ kinds: ['NodePool'], names: ['legacy-*'], users: [], groups: [] })).toBe('allow');
    expect(await decision({ names: ['other-*'] })).toBe('deny');
    expect(await decision({ kinds: ['EC2NodeClass'] })).toBe('deny');
    expect(await decision({ rules: ['budget-zero-always'] })).toBe('deny');
  });

  test('hold for users or groups', async () => {
    expect(await decision({ users: ['alice'], groups: ['nobody'] })).toBe('allow');
    expect(await decision({ users: ['bob'], groups: ['platform'] })).toBe('allow');
    expect(await decision({ users: ['bob'], groups: ['nobody'] })).toBe('deny');
  });

  test('end', async () => {
    expect(await decision({ until: '2999-01-01' })).toBe('allow');
    expect(await decision({ until: '2020-01-01' })).toBe('deny');
  });

  test('the annotation counts, unless it is not to', async () => {
    const annotated = pool('x', {}, { annotations: { 'poolproof.dev/allow': 'limits-missing -- for a test' } });
    expect((await answered(reviewBody(annotated), enforcing)).decision).toBe('allow');
    const deaf = await standing({ mode: 'enforce', annotationExemptions: false }, strict);
    expect((await answered(reviewBody(annotated), deaf)).decision).toBe('deny');
  });
});

describe('with a snapshot', () => {
  const twin = pool('twin', { ...limits, weight: 7 });

  test('what a request does to others is seen, and named', async () => {
    const another = pool('other', { ...limits, weight: 7 });
    const alone = await answered(reviewBody(another), warning);
    const review = await answered(reviewBody(another), warning, still([twin]));
    const more = rulesOf(review).filter((rule) => !rulesOf(alone).includes(rule));
    expect(more).toContain('overlap-identical-pools');
  });

  test("what was wrong in the cluster before is nobody's fault", async () => {
    const review = await answered(reviewBody(pool('third', limits)), enforcing, still([pool('bare'), pool('bare-2')]));
    expect(rulesOf(review)).not.toContain('limits-missing');
  });

  test('one that is too old warns where a fresh one denies', async () => {
    const closed = { ...strict, closedWorld: true } as const;
    const enforced = await standing({ mode: 'enforce', snapshotMaxAge: 10 }, closed);
    const lost = reviewBody(pool('lost', limits));
    const [fresh, stale] = await Promise.all([
      answered(lost, enforced, still([twin])),
      answered(lost, enforced, still([twin], 601)),
    ]);
    expect(rulesOf(fresh)).toContain('ref-nodeclass-missing');
    expect(fresh.decision).toBe('deny');
    expect(rulesOf(stale)).toEqual(rulesOf(fresh));
    expect(stale.decision).toBe('warn');
    const own = await answered(reviewBody(pool('lost')), enforced, still([twin], 601));
    expect(own.response.status?.details?.causes.map(({ message }) => message)).toEqual([
      expect.stringContaining('poolproof: limits-missing'),
    ]);
    expect(rulesOf(await answered(lost, enforced))).not.toContain('ref-nodeclass-missing');
  });

  test('kubectl scale is judged by the pool that it changes', async () => {
    const fixed = pool('fixed', { limits: { nodes: '9' }, replicas: 9 }, { resourceVersion: '7' });
    const scale = (replicas: number) => ({
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'fixed' },
      spec: { replicas },
    });
    const body = (to: number) =>
      reviewBody(scale(to), {
        kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
        resource: { group: 'karpenter.sh', version: 'v1', resource: 'nodepools' },
        subResource: 'scale',
        operation: 'UPDATE',
        name: 'fixed',
        oldObject: scale(9),
      });
    const review = await answered(body(3), warning, still([fixed]));
    expect(rulesOf(review)).toContain('budget-percent-of-few');
    expect(review.response.warnings).toContainEqual(expect.stringContaining('"10%" of at most 3 nodes is 1'));
    expect((await answered(body(9), warning, still([fixed]))).decision).toBe('skip');
    const going = pool('fixed', { limits: { nodes: '9' }, replicas: 9 }, { deletionTimestamp: '2026-11-25T00:00:00Z' });
    expect((await answered(body(3), warning, still([going]))).decision).toBe('skip');
    const exemptions = [{ rules: ['budget-percent-of-few'], kinds: ['NodePool'], names: ['fixed'], reason: 'a lab' }];
    const exempt = await standing({ mode: 'warn', exemptions }, strict);
    expect(rulesOf(await answered(body(3), exempt, still([fixed])))).not.toContain('budget-percent-of-few');
    const blind = await answered(body(3), enforcing);
    expect(blind.response.allowed).toBe(true);
    expect(blind.response.warnings).toEqual([expect.stringContaining('not fully checked')]);
  });
});

test('equal questions are answered once, and never across a change of the cluster', async () => {
  const body = reviewBody(pool('x', { ...limits, weight: 7 }));
  const before = still([]);
  const first = await answered(body, warning, before);
  const again = await answered(reviewBody(pool('x', { ...limits, weight: 7 }, { resourceVersion: '9' })), warning, before);
  expect(again.findings).toEqual(first.findings);
  const after = await answered(body, warning, still([pool('y', { ...limits, weight: 7 })]));
  expect(rulesOf(first)).not.toContain('overlap-identical-pools');
  expect(rulesOf(after)).toContain('overlap-identical-pools');
});
