import { once } from '../context/once.ts';
import { barestPod } from './asked-pods.ts';
import { conflictsOf, findOn } from './conflicts.ts';
import type { Oracle } from './oracle.ts';
import { distinct } from './pod-proof.ts';
import type { PoolAnswers } from './pool/pool-answers.ts';
import type { Host, PoolProof, ProofVerdict } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** What was tried on a pool, and what came of it. */
export interface Tried {
  /** The pod that it is there for before all others. */
  readonly first: AskedPod | undefined;
  /** Of pods of one shape once. */
  readonly verdicts: readonly Verdict[];
  /** Each pod, as it is told. */
  hosts(): readonly Host[];
}

/** The verdict about one pool: whether it runs any of the pods that were tried on it. */
export function poolProof(asked: AskedPool, answers: PoolAnswers, tried: Tried, oracle: Oracle): PoolProof {
  const verdict = overall(tried.verdicts);
  const hosts = once(() => tried.hosts());
  const conflicts = once(() => (verdict === 'refuted' ? whyNone(asked, tried, oracle) : []));
  return {
    ...answers,
    verdict,
    get hosts() {
      return hosts();
    },
    get conflicts() {
      return conflicts();
    },
    missing: verdict === 'unknown' ? distinct(tried.verdicts.flatMap(({ missing }) => missing)) : [],
  };
}

function overall(tried: readonly Verdict[]): ProofVerdict {
  const verdicts = new Set(tried.map(({ verdict }) => verdict));
  if (verdicts.has('proved')) return 'proved';
  return verdicts.has('unknown') ? 'unknown' : 'refuted';
}

/** Why it launches nothing at all, or else why not the first of the pods that it should be able to run. */
function whyNone(asked: AskedPool, { first }: Tried, oracle: Oracle): PoolProof['conflicts'] {
  const barest = barestPod(asked);
  if (verdictOn(asked, barest, oracle).verdict === 'refuted') return conflictsOf(barest, findOn([asked], barest, oracle), oracle);
  return first ? conflictsOf(first, findOn([asked], first, oracle), oracle) : [];
}
