import type { KubernetesObject } from '../document/document.ts';
import type { Place } from '../text/place.ts';
import { askedArchetypes } from './asked-pods.ts';
import { ScaleRuns } from './at-scale.ts';
import type { Replicas } from './autoscalers.ts';
import type { Oracle } from './oracle.ts';
import { PodAnswers } from './pod-answers.ts';
import { distinct, podProof } from './pod-proof.ts';
import { launchSet } from './pool/launch-set.ts';
import { poolAnswers } from './pool/pool-answers.ts';
import type { Answered } from './pool-choice.ts';
import { poolProof, type Tried } from './pool-proof.ts';
import type { AtScale, Host, PodProof, PoolProof, Proof, ProofVerdict } from './proof.ts';
import type { AskedPod } from './question.ts';
import { rollingUpdateOf } from './replicas.ts';
import type { Verdict } from './verdict.ts';

/** The questions of one world, asked one after the other until the time is up. */
export class Proving {
  readonly #oracle: Oracle;
  readonly #pods: readonly AskedPod[];
  readonly #counted: (object: KubernetesObject) => Replicas;
  readonly #expired: () => boolean;
  readonly #problems: readonly string[];
  readonly #answers: PodAnswers;
  readonly #scale: ScaleRuns;
  readonly #unasked: string[] = [];
  readonly #left: string[] = [];
  readonly #archetypes: AskedPod[] = [];
  #podProofs: readonly PodProof[] | undefined;
  readonly #byObject = new Map<KubernetesObject, readonly PodProof[]>();
  #poolProofs: readonly PoolProof[] | undefined;

  constructor(
    oracle: Oracle,
    pods: readonly AskedPod[],
    counted: (object: KubernetesObject) => Replicas,
    expired: () => boolean,
    problems: readonly string[],
  ) {
    this.#oracle = oracle;
    this.#counted = counted;
    this.#expired = expired;
    this.#problems = problems;
    this.#pods = pods.filter((pod) => !this.#keepsAway(pod));
    this.#answers = new PodAnswers(oracle);
    this.#scale = new ScaleRuns(oracle);
  }

  get pods(): readonly PodProof[] {
    this.#podProofs ??= this.#pods.flatMap((asked) => {
      if (this.#isOver(asked.name)) return [];
      const scale = {
        atScale: (takers: readonly Answered[]) => this.#atScale(asked, takers),
        atUpdate: (takers: readonly Answered[]) => this.#atUpdate(asked, takers),
      };
      const proofs = [podProof(asked, this.#answers, this.#oracle, this.#expired, scale)];
      if (asked.object) this.#byObject.set(asked.object, proofs);
      return proofs;
    });
    return this.#podProofs;
  }

  proofsOf(object: KubernetesObject): readonly PodProof[] {
    // They are filed as they are worked out.
    return this.pods.length === 0 ? [] : (this.#byObject.get(object) ?? []);
  }

  get pools(): readonly PoolProof[] {
    this.#poolProofs ??= this.#provePools();
    return this.#poolProofs;
  }

  proof(): Proof {
    const { pods: own, pools } = this;
    const pods = [
      ...own,
      ...this.#archetypes.map((asked) => podProof(asked, this.#answers, this.#oracle, this.#expired, noScale)),
    ];
    const { problems, assumptions, facts } = this.#oracle.question;
    return {
      pools,
      pods,
      unknowns: distinct([...pools, ...pods].flatMap(({ missing }) => missing)),
      assumptions: [...assumptions, ...this.#left, ...(facts.minValuesPolicy === 'Strict' ? cutAgain(pools) : [])],
      problems: [...problems, ...this.#problems],
      unasked: this.#unasked,
    };
  }

  #provePools(): readonly PoolProof[] {
    const { question, daemons, tables } = this.#oracle;
    const workloads = this.#workloads();
    const sets = question.pools.map((asked) => launchSet(asked, daemons, tables));
    const answers = poolAnswers(sets);
    return question.pools.flatMap((asked, index) => {
      const [launch, own] = [sets[index], answers[index]];
      if (!launch || !own || this.#isOver(asked.name)) return [];
      const archetypes = askedArchetypes(asked, launch, this.#oracle);
      this.#archetypes.push(...archetypes);
      const tried = archetypes.map((pod) => ({ pod, verdict: this.#answers.only(asked, pod).verdict }));
      return [poolProof(asked, own, triedOn(index, tried, workloads), this.#oracle)];
    });
  }

  #workloads(): Workloads {
    const asked = new Set(this.pods.map(({ pod }) => pod));
    const pods = this.#pods.filter(({ name }) => asked.has(name));
    const each = pods.map((pod) => ({ hosts: hostsOf(pod), answers: this.#answers.of(pod) }));
    return { first: pods[0], each, shapes: [...new Set(each.map(({ answers }) => answers))] };
  }

  #atScale(asked: AskedPod, takers: readonly Answered[]): AtScale | undefined {
    const { count, from } = this.#replicas(asked);
    return this.#run(asked, count ?? 0, from, takers);
  }

  #atUpdate(asked: AskedPod, takers: readonly Answered[]): AtScale | undefined {
    const replicas = this.#replicas(asked);
    const update = asked.object && rollingUpdateOf(asked.object, replicas);
    if (!replicas.count || !update || update.surge === 0 || update.unavailable > 0) return undefined;
    return this.#run(asked, replicas.count + update.surge, update.from, takers);
  }

  #replicas(asked: AskedPod): Replicas {
    return asked.object ? this.#counted(asked.object) : { count: asked.replicas, from: asked.at };
  }

  #run(asked: AskedPod, count: number, from: Place, takers: readonly Answered[]): AtScale | undefined {
    if (count === 0) return undefined;
    const outcome = this.#answers.shared(asked, `at scale ${count}`, () =>
      this.#scale.run(
        asked,
        count,
        takers.map((one) => one.asked),
      ),
    );
    return { replicas: count, from, ...outcome };
  }

  #isOver(name: string): boolean {
    if (!this.#expired()) return false;
    this.#unasked.push(name);
    return true;
  }

  /** Meant for other nodes: no pool has to take it. */
  #keepsAway(asked: AskedPod): boolean {
    if (this.#oracle.podOf(asked.pod).ignored?.why !== 'avoids-karpenter') return false;
    this.#left.push(`${asked.name} keeps away from Karpenter's nodes and is not asked about`);
    return true;
  }
}

/** From how many types the AWS provider launches at most: the cheapest of those that it is given. */
const mostLaunched = 60;

/** Prices of the moment decide which these are, and that they do not meet minValues is told when a node is launched only. */
function cutAgain(pools: readonly PoolProof[]): readonly string[] {
  return pools
    .filter(({ minValues, instanceTypes }) => minValues.length > 0 && instanceTypes.count > mostLaunched)
    .map(
      ({ name }) =>
        `the ${mostLaunched} cheapest types, which are all that AWS is asked for, still meet the minValues of ${name}`,
    );
}

const noScale = { atScale: () => undefined, atUpdate: () => undefined };

/** Pods that were asked about all pools. */
interface Workloads {
  readonly first: AskedPod | undefined;
  readonly each: readonly { readonly hosts: HostsOf; readonly answers: readonly Answered[] }[];
  /** The answers about pods of one shape are the same. */
  readonly shapes: readonly (readonly Answered[])[];
}

/** How a pod is told of pools: it is tried on many, with the same end on most. */
type HostsOf = Readonly<Record<ProofVerdict, Host>>;

function hostsOf({ kind, name }: AskedPod): HostsOf {
  const host = (verdict: ProofVerdict): Host => ({ kind, name, verdict });
  return { proved: host('proved'), refuted: host('refuted'), unknown: host('unknown') };
}

/** `index`: the place of the pool among those that were asked. */
function triedOn(
  index: number,
  archetypes: readonly { readonly pod: AskedPod; readonly verdict: Verdict }[],
  { first, each, shapes }: Workloads,
): Tried {
  return {
    first: archetypes[0]?.pod ?? first,
    verdicts: [...archetypes.map(({ verdict }) => verdict), ...shapes.flatMap((answers) => answers[index]?.verdict ?? [])],
    hosts: () => [
      ...archetypes.map(({ pod, verdict: { verdict } }) => hostsOf(pod)[verdict]),
      ...each.flatMap(({ hosts, answers }) => {
        const verdict = answers[index]?.verdict.verdict;
        return verdict ? hosts[verdict] : [];
      }),
    ],
  };
}
