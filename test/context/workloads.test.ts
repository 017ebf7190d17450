import { expect, test } from 'vitest';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { poolRequirements } from '../../src/context/pool-requirements.ts';
import { canLand, type Workload, workloadsIn } from '../../src/context/workloads.ts';
import { linked, poolWith } from './linked.ts';

function podWith(spec: string): Workload {
  return workloadsIn(linked(`{ apiVersion: v1, kind: Pod, metadata: { labels: { app: web } }, spec: ${spec} }`))[0] as Workload;
}

const pool = poolWith(
  '[{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }, { key: team, operator: In, values: ["<TEAM>"] }]',
);
const lands = (spec: string, on = pool): boolean | undefined =>
  canLand(podWith(spec), on, poolRequirements(on), wellKnownLabels('1.15'));

test('every kind that makes pods is found', () => {
  const context = linked(`
apiVersion: batch/v1
kind: CronJob
spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: night } }, spec: { nodeSelector: { a: b } } } } } }
---
apiVersion: apps/v1
kind: Deployment
spec: { template: { spec: {} } }
---
{ apiVersion: v1, kind: Service, spec: {} }
`);
  expect(workloadsIn(context).map(({ object, labels }) => [object.kind, labels.get('app')])).toEqual([
    ['Deployment', undefined],
    ['CronJob', 'night'],
  ]);
});

test('selector and required affinity decide where a pod can land', () => {
  const term = (value: string): string =>
    `{ matchExpressions: [{ key: karpenter.sh/capacity-type, operator: In, values: [${value}] }] }`;
  const required = (...terms: string[]): string =>
    `{ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms.join(', ')}] } } } }`;
  expect(lands('{}')).toBe(true);
  expect(lands('{ nodeSelector: { karpenter.sh/capacity-type: on-demand } }')).toBe(false);
  expect(lands(required(term('on-demand')))).toBe(false);
  expect(lands(required(term('on-demand'), term('spot')))).toBe(true);
  expect(lands('{ nodeSelector: { example.com/own: a } }')).toBe(false);
});

const tainted = poolWith('[]\n      taints: [{ key: gpu, value: "true", effect: NoSchedule }]');

test('taints must be tolerated', () => {
  expect(lands('{}', tainted)).toBe(false);
  expect(lands('{ tolerations: [{ key: gpu, operator: Exists }] }', tainted)).toBe(true);
});

test('placeholders leave it open', () => {
  expect(lands('{ nodeSelector: { karpenter.sh/capacity-type: <TYPE> } }')).toBe(undefined);
  expect(lands('{ nodeSelector: { team: a } }')).toBe(undefined);
  const tolerating = '{ tolerations: [{ key: <KEY>, operator: Exists }] }';
  expect(lands(tolerating, tainted)).toBe(undefined);
  expect(lands(tolerating)).toBe(true);
});
