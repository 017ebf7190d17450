import { compareAmounts } from '../algebra/quantity.ts';
import type { Resources } from '../scheduler/resources.ts';
import type { Oracle } from './oracle.ts';
import type { AskedPod, AskedPool } from './question.ts';
import type { Verdict } from './verdict.ts';

/**
 * What a pool takes, it takes of every pod that demands the same and asks for no more: the types that hold the one hold the other too,
 * whatever may turn out. Refusals are not passed on: a smaller pod may fit.
 */
export class ProvedBefore {
  readonly #oracle: Oracle;
  readonly #byDemand = new Map<string, Demand>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** Undefined for pods of which more counts than demands and amounts. */
  of(pod: AskedPod): ProvedPods | undefined {
    const requests = this.#plainRequests(pod);
    if (!requests) return undefined;
    const { affinity, nodeSelector, tolerations } = pod.pod.spec;
    const key = JSON.stringify([tolerations, nodeSelector, affinity?.nodeAffinity, [...requests.keys()].sort()]);
    const known = this.#byDemand.get(key) ?? new Map();
    this.#byDemand.set(key, known);
    return new ProvedPods(known, requests, this.#oracle);
  }

  /** What is not known of it, ports, volumes, devices and other pods tell pods apart that ask for the same amounts. */
  #plainRequests({ pod, missing, claims }: AskedPod): Resources | undefined {
    const trialPod = this.#oracle.podOf(pod);
    const isPlain = missing.length === 0 && claims.length === 0 && !trialPod.ignored && !trialPod.isTopological;
    if (!isPlain || (pod.spec.volumes ?? []).some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim || ephemeral))
      return undefined;
    const { requests, hostPorts, claimsDevices } = trialPod.shape(false).fixed;
    return hostPorts.length > 0 || claimsDevices ? undefined : requests;
  }
}

/** By pool what was proved, and for which amounts; none is covered by another. */
type Demand = Map<AskedPool, readonly Proved[]>;

interface Proved {
  readonly requests: Resources;
  readonly verdict: Verdict;
}

/** The pods with one pod's demands. */
export class ProvedPods {
  readonly #demand: Demand;
  readonly #requests: Resources;
  readonly #oracle: Oracle;

  constructor(demand: Demand, requests: Resources, oracle: Oracle) {
    this.#demand = demand;
    this.#requests = requests;
    this.#oracle = oracle;
  }

  on(asked: AskedPool): Verdict | undefined {
    return this.#demand.get(asked)?.find(({ requests }) => covers(requests, this.#requests))?.verdict;
  }

  /** `verdict`: that of the pod with these requests. */
  note(asked: AskedPool, verdict: Verdict): void {
    const { answer, missing } = verdict;
    // With a preference given up, a smaller pod may keep it.
    if (!answer.fits || answer.level > 0 || !this.#isMonotonous(asked)) return;
    // A world that is worse than it may be refuses a greater pod first.
    if (!missing.every((one) => this.#oracle.isMissingOfPool(asked, one))) return;
    const others = (this.#demand.get(asked) ?? []).filter(({ requests }) => !covers(this.#requests, requests));
    this.#demand.set(asked, [...others, { requests: this.#requests, verdict }]);
  }

  /** More types may be too many for minValues, and among more there may be one that is waited for. */
  #isMonotonous({ pool, types }: AskedPool): boolean {
    const hasMinValues = pool.spec.template.requirements.some(({ minValues }) => minValues !== undefined);
    return !hasMinValues && this.#oracle.tables.of(types).offerings.reservations.size === 0;
  }
}

/** Both have the same resources. */
function covers(greater: Resources, smaller: Resources): boolean {
  for (const [name, amount] of smaller) if (compareAmounts(greater.get(name) ?? 0, amount) < 0) return false;
  return true;
}
