import { once } from '../context/once.ts';
import { barestPod } from './asked-pods.ts';
import { conflictsOf, findOn } from './conflicts.ts';
import type { Oracle } from './oracle.ts';
import { distinct } from './pod-proof.ts';
import type { PoolAnswers } from './pool/pool-answers.ts';
import type { Host, Missing, PoolProof, ProofVerdict } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** A pod that was tried on a pool, and what came of it. */
export interface Tried {
  readonly pod: AskedPod;
  readonly verdict: Verdict;
}

/** The verdict about one pool: whether it runs any of the pods that were tried on it. */
export function poolProof(asked: AskedPool, answers: PoolAnswers, tried: readonly Tried[], oracle: Oracle): PoolProof {
  const hosts = tried.map(({ pod, verdict }) => hostOf(pod, verdict.verdict));
  const verdict = overall(hosts);
  const conflicts = once(() => (verdict === 'refuted' ? whyNone(asked, tried, oracle) : []));
  return {
    ...answers,
    verdict,
    hosts,
    get conflicts() {
      return conflicts();
    },
    missing: verdict === 'unknown' ? missingIn(tried) : [],
  };
}

/** Most pods are tried on many pools, with the same end on most. */
const known = new WeakMap<AskedPod, { [Ending in ProofVerdict]?: Host }>();

function hostOf(pod: AskedPod, verdict: ProofVerdict): Host {
  const ofPod = known.get(pod) ?? {};
  known.set(pod, ofPod);
  const host = ofPod[verdict] ?? { kind: pod.kind, name: pod.name, verdict };
  ofPod[verdict] = host;
  return host;
}

function overall(hosts: readonly Host[]): ProofVerdict {
  const verdicts = new Set(hosts.map(({ verdict }) => verdict));
  if (verdicts.has('proved')) return 'proved';
  return verdicts.has('unknown') ? 'unknown' : 'refuted';
}

function missingIn(tried: readonly Tried[]): readonly Missing[] {
  return distinct(tried.flatMap(({ verdict }) => verdict.missing));
}

/** Why it launches nothing at all, or else why not the first of the pods that it should be able to run. */
function whyNone(asked: AskedPool, tried: readonly Tried[], oracle: Oracle): PoolProof['conflicts'] {
  const barest = barestPod(asked);
  if (verdictOn(asked, barest, oracle).verdict === 'refuted') return conflictsOf(barest, findOn([asked], barest, oracle), oracle);
  const [first] = tried;
  return first ? conflictsOf(first.pod, findOn([asked], first.pod, oracle), oracle) : [];
}
