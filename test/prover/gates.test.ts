import { expect, test } from 'vitest';
import { askedWorkloads } from '../../src/prover/asked-workloads.ts';
import { Oracle } from '../../src/prover/oracle.ts';
import { doubtsAbout } from '../../src/prover/pessimism.ts';
import { PodAnswers } from '../../src/prover/pod-answers.ts';
import type { AskedPod, Question } from '../../src/prover/question.ts';
import { questionOf } from '../../src/prover/question-of.ts';
import { verdictOn } from '../../src/prover/verdict.ts';
import { facts, few, objectsOf } from './support/prove.ts';
import { randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';

interface Asked {
  readonly question: Question;
  readonly pods: readonly AskedPod[];
}

/** The pools of one fleet with the pods of several, and pods that have some of what these tolerate and select, and nothing else of them. */
async function crowded(seed: number): Promise<Asked> {
  const others = [seed, seed + 1, seed + 2].flatMap((from) =>
    randomFleet(from, true)
      .filter(({ kind }) => kind === 'Deployment' || kind === 'Pod')
      .map((one) => ({ ...one, metadata: { ...one.metadata, name: `${one.metadata.name}-${from}` } })),
  );
  const objects = await objectsOf([...randomFleet(seed, true), ...others]);
  const { pods } = askedWorkloads(objects, () => 1);
  const kin = pods.flatMap((one) => {
    const { nodeSelector, affinity, tolerations } = one.pod.spec;
    const nodeAffinity = affinity?.nodeAffinity;
    return [
      like(one, 'twin', { nodeSelector, nodeAffinity, tolerations }),
      like(one, 'intolerant', { nodeSelector, nodeAffinity }),
      like(one, 'tolerant', { nodeSelector, nodeAffinity, tolerations: [{ operator: 'Exists' }] }),
      like(one, 'anywhere', { tolerations }),
    ];
  });
  return { question: questionOf(objects, { ...facts, zones: undefined }, few), pods: [...pods, ...kin] };
}

type Spec = AskedPod['pod']['spec'];

interface Selecting {
  readonly nodeSelector?: Spec['nodeSelector'];
  readonly nodeAffinity?: NonNullable<Spec['affinity']>['nodeAffinity'];
  readonly tolerations?: Spec['tolerations'];
}

function like(one: AskedPod, how: string, { nodeSelector, nodeAffinity, tolerations }: Selecting): AskedPod {
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: {} };
  const spec: Spec = {
    containers: [{ name: 'other', resources: { requests: { cpu: '900m', memory: '40Gi' } } }],
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    affinity: {
      ...(nodeAffinity && { nodeAffinity }),
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    },
  };
  return { ...one, name: `${one.name}, ${how}`, claims: [], missing: [], pod: { ...one.pod, spec } };
}

test('pools that refuse many pods at once refuse each of them', { timeout: 3_600_000 }, async () => {
  let refused = 0;
  for (const seed of seeds(8)) {
    const { question, pods } = await crowded(seed);
    const claims = pods.flatMap((pod) => pod.claims);
    const [shared, plain] = [new Oracle(question, claims), new Oracle(question, claims)];
    const answers = new PodAnswers(shared);
    for (const pod of pods) {
      for (const { asked, verdict } of answers.of(pod)) {
        const alone = verdictOn(asked, pod, plain);
        if (asked.isStatic && alone.verdict !== 'refuted') continue;
        // Of a shape the first is asked, and the places are its own.
        const told = { verdict: alone.verdict, answer: alone.answer, facts: alone.missing.map(({ fact }) => fact) };
        const { missing, ...rest } = verdict;
        expect({ seed, pod: pod.name, pool: asked.name, ...rest, facts: missing.map(({ fact }) => fact) }).toEqual({
          seed,
          pod: pod.name,
          pool: asked.name,
          ...told,
        });
        refused += Number(alone.verdict === 'refuted');
      }
    }
  }
  expect(refused).toBeGreaterThan(100);
});

test('a doubt that may close a pool refuses every pod', { timeout: 3_600_000 }, async () => {
  let closed = 0;
  for (const seed of seeds(8)) {
    const { question, pods } = await crowded(seed);
    const oracle = new Oracle(
      question,
      pods.flatMap((pod) => pod.claims),
    );
    for (const asked of question.pools) {
      for (const pod of pods) {
        const answer = oracle.ask(asked, pod);
        if (!answer.fits) continue;
        for (const doubt of doubtsAbout(asked, answer.requirements, question, true)) {
          if (!oracle.mayClose(asked, doubt)) continue;
          closed++;
          expect(doubt.readings.every((one) => oracle.under(asked, one).ask(oracle.podOf(pod.pod)).fits)).toBe(false);
        }
      }
    }
  }
  expect(closed).toBeGreaterThan(10);
});
