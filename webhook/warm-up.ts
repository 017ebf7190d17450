import type { Judgement } from './findings.ts';

const pool = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'warm-up' },
  spec: {
    limits: { cpu: '100' },
    disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '1m', budgets: [{ nodes: '10%' }] },
    template: {
      spec: {
        expireAfter: '720h',
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'warm-up' },
        requirements: [
          { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm'] },
          { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] },
        ],
      },
    },
  },
};

const nodeClass = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'warm-up' },
  spec: {
    role: 'node',
    amiSelectorTerms: [{ alias: 'al2023@v20260101' }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'warm-up' } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'warm-up' } }],
  },
};

/** Each with something else, since equal questions are not judged twice. */
const ROUNDS = 5;

/** Judges until the indexes are built and the code is there: the first request had to wait for that a tenth of a second. */
export function warmUp(judge: Judgement, now: number): void {
  for (let round = 0; round < ROUNDS; round++) rehearse(judge, round, now);
}

export interface Rehearsals {
  stop(): void;
}

/** From here on a review takes no less: the compiler has seen enough. */
export const REHEARSALS = 800;
/** Milliseconds between two: as long as several of them take. */
const PAUSE = 20;

/**
 * A pod is asked so rarely that it would take days until its code is compiled well, and a review meanwhile several times as long.
 * So it rehearses for its first seconds, whenever nobody waits for it.
 */
export function rehearsals(judge: () => Judgement, isBusy: () => boolean, rounds: number): Rehearsals {
  let round = ROUNDS;
  const next = (): void => {
    if (round >= rounds) clearInterval(timer);
    else if (!isBusy()) rehearse(judge(), round++, Date.now());
  };
  const timer = setInterval(next, PAUSE).unref();
  return { stop: () => clearInterval(timer) };
}

function rehearse(judge: Judgement, round: number, now: number): void {
  for (const object of [pool, nodeClass]) {
    const named = { ...object, metadata: { name: `warm-up-${round}` } };
    judge({ object: named, oldObject: null }, undefined, now, false);
    judge({ object: { ...named, spec: { ...named.spec, round } }, oldObject: named }, undefined, now, false);
  }
}
