import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/document/document.ts';
import { nameAt } from '../../src/document/objects.ts';
import { parse } from '../../src/document/parse.ts';
import { autoscalers } from '../../src/prover/autoscalers.ts';
import { replicasOf, rollingUpdateOf } from '../../src/prover/replicas.ts';

async function objectsIn(text: string): Promise<readonly KubernetesObject[]> {
  return (await parse({ file: 'all.yaml', text })).flatMap(({ objects }) => objects);
}

/** The bounds of the last object, with the words of the manifest at the places they are said to come from. */
async function boundsIn(text: string): Promise<unknown> {
  const objects = await objectsIn(text);
  const workload = objects.at(-1) as KubernetesObject;
  const range = autoscalers(objects)(workload);
  const wordAt = ({ start, end } = { start: 0, end: 0 }) => text.slice(start, end);
  return range && [range.least, range.most].map(({ count, from }) => [count, wordAt(from.span)]);
}

const web = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { replicas: 2 }
`;

const hpa = (spec: string, version = 'v2') => `---
apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: { name: web-scaler, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, ${spec} }
`;

const scaled = (spec: string, metadata = 'name: web-scaled, namespace: shop') => `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { ${metadata} }
spec: { scaleTargetRef: { name: web }${spec} }
`;

describe('autoscalers', () => {
  test.each(['v1', 'v2', 'v2beta2'])('HorizontalPodAutoscaler %s', async (version) => {
    expect(await boundsIn(hpa('minReplicas: 3, maxReplicas: 40', version) + web)).toEqual([
      [3, '3'],
      [40, '40'],
    ]);
  });

  test('a HorizontalPodAutoscaler leaves one, and without a maximum is none', async () => {
    expect(await boundsIn(hpa('maxReplicas: 7') + web)).toEqual([
      [1, 'web-scaler'],
      [7, '7'],
    ]);
    expect(await boundsIn(hpa('minReplicas: 2') + web)).toBeUndefined();
  });

  test('a ScaledObject leaves none and grows to 100', async () => {
    expect(await boundsIn(scaled('') + web)).toEqual([
      [0, 'web-scaled'],
      [100, 'web-scaled'],
    ]);
    expect(await boundsIn(scaled(', minReplicaCount: 2, maxReplicaCount: 9') + web)).toEqual([
      [2, '2'],
      [9, '9'],
    ]);
    expect(await boundsIn(scaled(', idleReplicaCount: 0, minReplicaCount: 2') + web)).toEqual([
      [0, '0'],
      [100, 'web-scaled'],
    ]);
  });

  test('a paused ScaledObject pins a number, or leaves the workload alone', async () => {
    const paused = (annotation: string) => `name: s, namespace: shop, annotations: { autoscaling.keda.sh/${annotation} }`;
    expect(await boundsIn(scaled('', paused('paused-replicas: "5"')) + web)).toEqual([
      [5, '"5"'],
      [5, '"5"'],
    ]);
    expect(await boundsIn(scaled('', paused('paused: "true"')) + web)).toBeUndefined();
  });

  test('another namespace, kind or group is another workload or no autoscaler', async () => {
    expect(await boundsIn(hpa('maxReplicas: 7').replace('namespace: shop', 'namespace: other') + web)).toBeUndefined();
    expect(await boundsIn(hpa('maxReplicas: 7').replace('kind: Deployment', 'kind: StatefulSet') + web)).toBeUndefined();
    expect(await boundsIn(hpa('maxReplicas: 7').replace('autoscaling/v2', 'example.com/v2') + web)).toBeUndefined();
  });

  test('of several the widest range counts, and a placeholder is wider than any', async () => {
    const two = hpa('minReplicas: 2, maxReplicas: 5') + hpa('minReplicas: 4, maxReplicas: 9') + web;
    expect(await boundsIn(two)).toEqual([
      [2, '2'],
      [9, '9'],
    ]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of a manifest
    expect(await boundsIn(hpa('minReplicas: 2, maxReplicas: 5') + hpa('maxReplicas: "${MOST}"') + web)).toEqual([
      [1, 'web-scaler'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
      [undefined, '"${MOST}"'],
    ]);
  });
});

describe('replicas', () => {
  const countsOf = async (text: string) => {
    const objects = await objectsIn(text);
    const workload = objects.at(-1) as KubernetesObject;
    const range = autoscalers(objects)(workload);
    return (['min', 'current', 'max'] as const).map((scale) => replicasOf(workload, range, scale).count);
  };

  test('an autoscaler bounds what the manifest says', async () => {
    expect(await countsOf(web)).toEqual([2, 2, 2]);
    expect(await countsOf(hpa('minReplicas: 1, maxReplicas: 40') + web)).toEqual([1, 2, 40]);
    expect(await countsOf(hpa('minReplicas: 3, maxReplicas: 40') + web)).toEqual([3, 3, 40]);
    expect(await countsOf(hpa('minReplicas: 1, maxReplicas: 1') + web)).toEqual([1, 1, 1]);
    expect(await countsOf(web.replace(' replicas: 2 ', ''))).toEqual([1, 1, 1]);
  });

  const job = (spec: string, kind = 'Job') => `apiVersion: batch/v1\nkind: ${kind}\nmetadata: { name: j }\nspec: { ${spec} }\n`;

  test.each([
    [job('parallelism: 4, completions: 3'), 3],
    [job('parallelism: 4, completions: 30'), 4],
    [job('completions: 30'), 1],
    [job('parallelism: 4, suspend: true'), 0],
    [job('suspend: true, jobTemplate: { spec: { parallelism: 6 } }', 'CronJob'), 6],
    [job('jobTemplate: { spec: { parallelism: 6, suspend: true } }', 'CronJob'), 6],
    ['apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n', 1],
  ])('%s', async (text, count) => {
    expect(await countsOf(text)).toEqual([count, count, count]);
  });

  test.each([
    ['', 10, 3, 2],
    ['', 3, 1, 0],
    ['strategy: { rollingUpdate: { maxSurge: 1 } }', 10, 1, 2],
    ['strategy: { rollingUpdate: { maxSurge: "0" } }', 10, 0, 2],
    ['strategy: { rollingUpdate: { maxSurge: 100%, maxUnavailable: 3 } }', 7, 7, 3],
  ])('a rolling update with {%s} of %d adds %d and may stop %d', async (spec, count, surge, unavailable) => {
    const [workload] = await objectsIn(`apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: w }\nspec: { ${spec} }\n`);
    const from = nameAt(workload as KubernetesObject);
    expect(rollingUpdateOf(workload as KubernetesObject, { count, from })).toMatchObject({ surge, unavailable });
    expect(rollingUpdateOf({ ...(workload as KubernetesObject), kind: 'StatefulSet' }, { count, from })).toBeUndefined();
  });

  test.each(['strategy: { type: Recreate }', `strategy: { rollingUpdate: { maxSurge: "\${SURGE}" } }`])(
    'of {%s} nothing is known',
    async (spec) => {
      const [workload] = await objectsIn(`apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: w }\nspec: { ${spec} }\n`);
      const from = nameAt(workload as KubernetesObject);
      expect(rollingUpdateOf(workload as KubernetesObject, { count: 10, from })).toBeUndefined();
    },
  );
});
