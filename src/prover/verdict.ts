import { labels } from '../catalog/instance-label.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { PodSpec } from '../model/cluster/pod.ts';
import type { TrialAnswer, TrialRefusal } from '../scheduler/trial.ts';
import { type Hope, hopesFor } from './optimism.ts';
import type { Oracle } from './oracle.ts';
import { type Doubt, doubtsAbout, joinedReadings, lacksZones, zonesAreAlike } from './pessimism.ts';
import type { Missing, ProofVerdict } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { Reduction } from './reduction.ts';
import type { Restriction } from './restriction.ts';

/** What one pool says of one pod, whatever may turn out of what is not known. */
export interface Verdict {
  readonly verdict: ProofVerdict;
  /** With what is not known taken for granted. */
  readonly answer: Decision;
  readonly missing: readonly Missing[];
}

/** An answer without the means to launch anything: there are many of them. */
export type Decision =
  | { readonly fits: true; readonly level: number }
  | { readonly fits: false; readonly level: number; readonly refusal: TrialRefusal };

/** The answer, if it is the same under the best and under the worst reading of what is not known. */
export function verdictOn(asked: AskedPool, pod: AskedPod, oracle: Oracle): Verdict {
  const answer = oracle.ask(asked, pod);
  const missing = answer.fits ? whatMayRefuse(asked, pod, oracle, answer) : whatMayHelp(asked, pod, oracle, answer);
  const { level } = answer;
  const decision: Decision = answer.fits ? { fits: true, level } : { fits: false, level, refusal: answer.refusal };
  const verdict = missing.length > 0 ? 'unknown' : answer.fits ? 'proved' : 'refuted';
  return { verdict, answer: decision, missing };
}

/**
 * The same of a pool that refuses the pod by nothing but its tolerations and what it demands of a node's labels, and where nothing that
 * is not known could help: good for every pod that has the same. Undefined where more decides.
 */
export function plainVerdictOn(asked: AskedPool, pod: AskedPod, oracle: Oracle): Verdict | undefined {
  const trialPod = oracle.podOf(pod.pod);
  const refusal = oracle.trialOf(asked).plainRefusal(trialPod);
  if (!refusal || ofOtherProvider(asked).length > 0) return undefined;
  if (refusal.category !== 'taint' && hopesFor(asked, pod, trialPod).length > 0) return undefined;
  return { verdict: 'refuted', answer: { fits: false, level: 0, refusal }, missing: [] };
}

function ofOtherProvider({ missing }: AskedPool): readonly Missing[] {
  return missing.filter(({ fact }) => fact === 'other-provider');
}

function whatMayRefuse(
  asked: AskedPool,
  pod: AskedPod,
  oracle: Oracle,
  { requirements }: TrialAnswer & { readonly fits: true },
): readonly Missing[] {
  const known = [...asked.missing, ...pod.missing, ...whatNobodySays(asked, pod, oracle)];
  if (known.length > 0) return known;
  const { question } = oracle;
  const isZoned = !zonesAreAlike(question) || (lacksZones(asked) && (isPoolZoned(asked.pool) || isPodZoned(pod.pod.spec)));
  const doubts = doubtsAbout(asked, requirements, question, isZoned);
  const isRefused = (reading: Doubt['readings'][number]): boolean =>
    !oracle.under(asked, reading).ask(oracle.podOf(pod.pod)).fits;
  const serious = doubts.filter((doubt) => oracle.mayClose(asked, doubt) || doubt.readings.some(isRefused));
  if (serious.length > 0 || doubts.length < 2) return serious.map(({ missing }) => missing);
  // Each alone does no harm; together they may.
  return !joinedReadings(doubts).some(isRefused) ? [] : doubts.map(({ missing }) => missing);
}

function whatMayHelp(
  asked: AskedPool,
  pod: AskedPod,
  oracle: Oracle,
  answer: TrialAnswer & { readonly fits: false },
): readonly Missing[] {
  const other = ofOtherProvider(asked);
  if (other.length > 0) return other;
  const overlaid = whatNobodySays(asked, pod, oracle);
  if (overlaid.length > 0) return overlaid;
  // Whatever turns out, taints stay.
  if (answer.refusal.category === 'taint') return [];
  const hopes = hopesFor(asked, pod, oracle.podOf(pod.pod));
  if (hopes.length === 0) return [];
  const reduction = new Reduction(asked, pod, oracle);
  const fitsWith = (some: readonly Hope[]): boolean => {
    const isKept = (one: Restriction): boolean => !some.some((hope) => hope.drops(one));
    return reduction.fits(reduction.everything.filter(isKept));
  };
  const enough = hopes.filter((hope) => fitsWith([hope]));
  const some = enough.length > 0 || hopes.length < 2 ? enough : fitsWith(hopes) ? hopes : [];
  return some.flatMap(({ missing }) => missing);
}

/** NodeOverlays whose gate may be open or not, and which would change a resource that the pod asks for. */
function whatNobodySays({ object }: AskedPool, { pod, at }: AskedPod, { question }: Oracle): readonly Missing[] {
  const { facts, overlaidResources } = question;
  if (facts.nodeOverlay !== undefined || overlaidResources.size === 0) return [];
  const { containers = [], initContainers = [] } = pod.spec;
  const asks = [...containers, ...initContainers].some(({ resources }) =>
    Object.keys(resources?.requests ?? {}).some((name) => overlaidResources.has(name)),
  );
  if (!asks) return [];
  const says = `it is not known whether NodeOverlays are on, which change what nodes of ${object.name ?? 'the pool'} have`;
  return [{ fact: 'node-overlay-gate', says, supply: 'the values of the Karpenter chart with featureGates.nodeOverlay', at }];
}

const zoneKeys: ReadonlySet<string> = new Set([
  labels.zone,
  labels.zoneId,
  'failure-domain.beta.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
]);

function isPoolZoned({ spec }: NodePool): boolean {
  const { requirements, labels: own } = spec.template;
  return requirements.some(({ key }) => zoneKeys.has(key)) || Object.keys(own).some((key) => zoneKeys.has(key));
}

/** Spreads over zones are none: whichever zones there are, a pod that is alone may use each. */
function isPodZoned({ nodeSelector = {}, affinity, volumes = [] }: PodSpec): boolean {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  } = affinity?.nodeAffinity ?? {};
  const terms = [...(required?.nodeSelectorTerms ?? []), ...preferred.map(({ preference = {} }) => preference)];
  const keys = [
    ...Object.keys(nodeSelector),
    ...terms.flatMap(({ matchExpressions = [] }) => matchExpressions.map(({ key = '' }) => key)),
  ];
  const hasClaims = volumes.some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim || ephemeral);
  return hasClaims || keys.some((key) => zoneKeys.has(key));
}
