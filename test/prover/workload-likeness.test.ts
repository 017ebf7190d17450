import { expect, test } from 'vitest';
import { parse } from '../../src/document/parse.ts';
import { askedWorkloads } from '../../src/prover/asked-workloads.ts';
import { shapeKey } from '../../src/prover/shape-key.ts';

type Random = (below: number) => number;

/** A small generator of its own: the same workloads each time. */
function random(seed: number): Random {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = <T>(r: Random, ...of: readonly T[]): T => of[r(of.length)] as T;

const seldom = (r: Random, ...of: readonly string[]): string => (r(4) > 0 ? '' : pick(r, ...of));

/** One of few forms each, so that many are alike but for their names. */
function workload(r: Random, index: number): string {
  const kind = pick(r, 'Deployment', 'Deployment', 'Deployment', 'Deployment', 'StatefulSet', 'Job', 'CronJob', 'Pod');
  const label = pick(r, `app-${index}`, `app-${index}`, 'web', 'web', '1');
  const parts = [
    seldom(r, 'nodeSelector: { team: a }', 'nodeSelector: { team: b, size: "1" }', 'nodeSelector: { team: 1 }'),
    seldom(r, 'tolerations: [{ key: team, operator: Exists }]', 'tolerations: [{ key: PLACE, operator: Exists }]'),
    seldom(r, 'volumes: [{ name: v, emptyDir: {} }]', 'volumes: [{ name: v, persistentVolumeClaim: { claimName: c } }]'),
    seldom(r, `topologySpreadConstraints: [{ topologyKey: zone, labelSelector: { matchLabels: { app: web } } }]`),
    pick(
      r,
      '',
      '',
      '',
      'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: h }] } }',
    ),
    seldom(r, 'hostNetwork: true'),
  ];
  const cpu = pick(r, '1', '1', '1', '1', '1', '"1"', '500m', 'nonsense');
  const container = `{ name: c, image: i:${index}, args: ["${index}"], ports: [{ containerPort: 80 }], resources: { limits: { cpu: ${cpu} } } }`;
  const pod = `{ metadata: { labels: { app: ${label} } }, spec: { ${[...parts.filter(Boolean), `containers: [${container}]`].join(', ')} } }`;
  const spec = {
    Pod: pod.slice(1, -1).replace(/^ metadata: \{.*?\} \}, /, ''),
    CronJob: `spec: { jobTemplate: { spec: { template: ${pod} } } }`,
  }[kind as string];
  const metadata = pick(
    r,
    `{ name: w-${index}, namespace: ns-${index % 3} }`,
    `{ name: w-${index}, uid: ${index}, labels: { a: b } }`,
  );
  const text = `apiVersion: apps/v1\nkind: ${kind}\nmetadata: ${metadata}\n${spec ?? `spec: { replicas: ${r(4)}, template: ${pod} }`}\n`;
  return text.replace('PLACE', ['"$', '{KEY}"'].join(''));
}

test('workloads that share a pod have the pod that each would have alone, but for names and labels', async () => {
  const r = random(5);
  const texts = Array.from({ length: 600 }, (_, index) => workload(r, index));
  const objects = (await parse({ file: 'all.yaml', text: texts.join('---\n') })).flatMap((document) => document.objects);
  expect(objects).toHaveLength(600);
  const together = askedWorkloads(objects, () => 1);
  const alone = objects.map((object) => askedWorkloads([object], () => 1));
  expect(together.problems).toEqual([...new Set(alone.flatMap(({ problems }) => problems))]);
  const each = alone.flatMap(({ pods }) => pods);
  const told = (asked: (typeof each)[number]): unknown => ({
    key: shapeKey(asked),
    spec: asked.pod.spec,
    status: asked.pod.status,
    name: asked.name,
    at: asked.at,
    claims: asked.claims,
    // The API server finds a claim in the pod's own namespace.
    claimant: asked.pod.spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim) && asked.pod.metadata.name,
    missing: asked.missing,
  });
  expect(together.pods.map(told)).toEqual(each.map(told));
  expect(new Set(together.pods.map(({ pod }) => pod)).size).toBeLessThan(575);
});
