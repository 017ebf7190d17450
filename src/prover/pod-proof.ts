import { once } from '../context/once.ts';
import { conflictsOf, findOn } from './conflicts.ts';
import type { Oracle } from './oracle.ts';
import type { PodAnswers } from './pod-answers.ts';
import { type Answered, type Choice, choose } from './pool-choice.ts';
import type { AtScale, Missing, PodProof, Witness } from './proof.ts';
import type { AskedPod } from './question.ts';
import { witnessOf } from './witness.ts';

const noPools: Missing = {
  fact: 'node-pools',
  says: 'no NodePool is in view',
  supply: 'the manifests of the NodePools',
};

/** The verdict about one pod over all pools. What takes long is worked out when it is looked at, unless the time is up. */
export function podProof(
  asked: AskedPod,
  answers: PodAnswers,
  oracle: Oracle,
  expired: () => boolean,
  scale: { readonly [K in 'atScale' | 'atUpdate']: (takers: readonly Answered[]) => AtScale | undefined },
): PodProof {
  const own = answers.of(asked);
  const choice = answers.shared(asked, 'choice', () => choose(own));
  const { winner } = choice;
  const { verdict, missing } = answers.shared(asked, 'verdict', () => overall(own, choice));
  const launched = (): Launched | undefined => answers.shared(asked, 'launched', () => launchOn(winner, asked, oracle));
  const conflicts = once(() => {
    if (verdict !== 'refuted' || expired()) return [];
    const pools = own.map((one) => one.asked);
    const found = answers.shared(asked, 'conflicts', () => findOn(pools, asked, oracle));
    return conflictsOf(asked, found, oracle);
  });
  const scaled = (run: (takers: readonly Answered[]) => AtScale | undefined) =>
    once(() => (verdict === 'proved' && !expired() ? run(own.filter((one) => one.verdict.answer.fits)) : undefined));
  const [atScale, atUpdate] = [scaled(scale.atScale), scaled(scale.atUpdate)];
  return {
    pod: asked.name,
    kind: asked.kind,
    get at() {
      return asked.at;
    },
    get replicas() {
      return asked.replicas;
    },
    verdict,
    get witness() {
      return launched()?.witness();
    },
    get conflicts() {
      return conflicts();
    },
    missing,
    wouldBe: {
      pool: winner?.asked.name,
      get instanceTypes() {
        return launched()?.names ?? [];
      },
      get why() {
        return choice.others;
      },
    },
    get atScale() {
      return atScale();
    },
    get atUpdate() {
      return atUpdate();
    },
  };
}

interface Launched {
  readonly names: readonly string[];
  witness(): Witness;
}

function launchOn(winner: Answered | undefined, asked: AskedPod, oracle: Oracle): Launched | undefined {
  const answer = winner && oracle.ask(winner.asked, asked);
  if (!winner || !answer?.fits) return undefined;
  const launch = answer.launch();
  return {
    names: launch.claim.instanceTypes.list.map(({ name }) => name),
    witness: once(() => witnessOf(winner.asked, asked, launch, oracle)),
  };
}

function overall(answers: readonly Answered[], { winner }: Choice): Pick<PodProof, 'verdict' | 'missing'> {
  if (answers.length === 0) return { verdict: 'unknown', missing: [noPools] };
  if (winner) return { verdict: 'proved', missing: [] };
  const unknown = answers.filter(({ verdict }) => verdict.verdict !== 'refuted');
  if (unknown.length === 0) return { verdict: 'refuted', missing: [] };
  return { verdict: 'unknown', missing: distinct(unknown.flatMap(({ verdict }) => verdict.missing)) };
}

/** Each fact once for each place and sentence. */
export function distinct(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [JSON.stringify([one.fact, one.says]), one])).values()];
}
