import { expect, test } from 'vitest';
import { askedWorkloads } from '../../src/prover/asked-workloads.ts';
import { Oracle } from '../../src/prover/oracle.ts';
import { PodAnswers } from '../../src/prover/pod-answers.ts';
import type { AskedPod } from '../../src/prover/question.ts';
import { questionOf } from '../../src/prover/question-of.ts';
import { type Verdict, verdictOn } from '../../src/prover/verdict.ts';
import { facts, few, objectsOf } from './support/prove.ts';
import { randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';

/** In the order in which they are asked, so that a pod comes before and behind one that asks for less. */
const sizes = [
  { cpu: '500m', memory: '1Gi' },
  { cpu: '3', memory: '6Gi' },
  { cpu: '1', memory: '20Gi' },
  { cpu: '900m', memory: '900Mi' },
  { cpu: '14', memory: '40Gi' },
  { cpu: '1', memory: '1Gi' },
  { cpu: '2', memory: '1Gi', 'nvidia.com/gpu': '1' },
];

type Spec = AskedPod['pod']['spec'];

const small = {
  weight: 1,
  preference: { matchExpressions: [{ key: 'karpenter.k8s.aws/instance-size', operator: 'In', values: ['large'] }] },
};

/** The demands of a pod, tolerant or not, and with a preference that not every size lets it keep, with other amounts. */
function ofSize({ name, at, replicas, pod, ...one }: AskedPod, size: number): readonly AskedPod[] {
  const { nodeSelector, affinity, tolerations } = pod.spec;
  const nodeAffinity = affinity?.nodeAffinity;
  const tolerant = [{ operator: 'Exists' }];
  const kinds: readonly Partial<Spec>[] = [
    { ...(nodeAffinity && { affinity: { nodeAffinity } }), ...(tolerations && { tolerations }) },
    { ...(nodeAffinity && { affinity: { nodeAffinity } }), tolerations: tolerant },
    { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [small] } }, tolerations: tolerant },
  ];
  return kinds.map((kind) => {
    const containers = [{ name: 'sized', resources: { requests: sizes[size] ?? {} } }];
    const spec: Spec = { containers, ...(nodeSelector && { nodeSelector }), ...kind };
    return { ...one, name: `${name}, size ${size}`, at, replicas, claims: [], missing: [], pod: { ...pod, spec } };
  });
}

test('what was proved of a greater pod is proved of a smaller one', { timeout: 3_600_000 }, async () => {
  let shared = 0;
  for (const seed of seeds(12)) {
    const objects = await objectsOf(randomFleet(seed, true));
    const { pods: written } = askedWorkloads(objects, () => 1);
    const pods = sizes.flatMap((_, size) => written.flatMap((one) => ofSize(one, size)));
    const question = questionOf(objects, facts, few);
    const [asking, plain] = [new PodAnswers(new Oracle(question, [])), new Oracle(question, [])];
    const seen = new Set<Verdict>();
    for (const pod of pods) {
      for (const { asked, verdict } of asking.of(pod)) {
        if (asked.isStatic) continue;
        expect({ seed, pod: pod.name, pool: asked.name, verdict }).toEqual({
          seed,
          pod: pod.name,
          pool: asked.name,
          verdict: verdictOn(asked, pod, plain),
        });
        shared += Number(verdict.answer.fits && seen.has(verdict));
        seen.add(verdict);
      }
    }
  }
  expect(shared).toBeGreaterThan(100);
});
