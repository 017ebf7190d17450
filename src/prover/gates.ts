import { claimsDevices } from '../scheduler/pod-shape.ts';
import type { Oracle } from './oracle.ts';
import type { AskedPod } from './question.ts';
import { plainVerdictOn, type Verdict } from './verdict.ts';

/**
 * Which pools refuse a pod before it is looked at closely. Nearly all pods have the tolerations and the node selection of many others,
 * and nearly all pools are not for them.
 */
export class Gates {
  readonly #oracle: Oracle;
  readonly #byKey = new Map<string, readonly (Verdict | undefined)[]>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** Of each pool in turn the refusal; undefined where the pod itself has to be asked about. */
  of(pod: AskedPod): readonly (Verdict | undefined)[] {
    if (this.#isOwnKind(pod)) return [];
    const { affinity, nodeSelector, tolerations } = pod.pod.spec;
    const key = JSON.stringify([tolerations, nodeSelector, affinity?.nodeAffinity]);
    const known = this.#byKey.get(key) ?? this.#ask(pod);
    this.#byKey.set(key, known);
    return known;
  }

  #ask(pod: AskedPod): readonly (Verdict | undefined)[] {
    return this.#oracle.question.pools.map((asked) => plainVerdictOn(asked, pod, this.#oracle));
  }

  /** More than the key decides what is said of it. */
  #isOwnKind({ pod }: AskedPod): boolean {
    const { facts, overlaidResources } = this.#oracle.question;
    const partners = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const isOverlaid = facts.nodeOverlay === undefined && overlaidResources.size > 0;
    return isOverlaid || partners.length > 0 || claimsDevices(pod.spec) || this.#oracle.podOf(pod).ignored !== undefined;
  }
}
