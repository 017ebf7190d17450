import { normalizedLabel } from '../algebra/normalized-label.ts';
import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import { instanceLabels, labels } from '../catalog/instance-label.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { onceFor } from '../context/once.ts';
import { openKeys } from '../context/types-left.ts';
import type { Expression } from '../model/cluster/object-meta.ts';
import type { VolumeProblem } from '../scheduler/pod-validation.ts';
import { selectorOf } from '../scheduler/topology-terms.ts';
import type { TrialPod } from '../scheduler/trial-pod.ts';
import type { Missing } from './proof.ts';
import { type AskedPod, type AskedPool, placeIn, placeInPod } from './question.ts';
import { volumeWords } from './refusal-words.ts';
import type { Restriction, RestrictionKind } from './restriction.ts';

/** Something that is not known, and the restrictions that would not hold if it turned out as well as it may. */
export interface Hope {
  readonly missing: readonly Missing[];
  drops(restriction: Restriction): boolean;
}

/** What could still make a pod fit that was refused with all that is known. */
export function hopesFor(asked: AskedPool, pod: AskedPod, trialPod: TrialPod): readonly Hope[] {
  return [
    ...missingClass(asked),
    ...unreadClass(asked),
    ...newerTypes(asked, pod),
    ...unreadReservations(asked),
    ...missingVolume(pod, trialPod),
    ...missingPartners(pod),
  ];
}

const amounts: readonly RestrictionKind[] = ['request', 'overhead', 'daemon', 'class'];
const systemLabels: ReadonlySet<string> = new Set([labels.os, labels.windowsBuild]);

/** Of a class that nobody has seen, only what no class could change is certain. */
function dropsWhatClassesDecide({ kind, about = '' }: Restriction): boolean {
  return amounts.includes(kind) || kind === 'terms' || systemLabels.has(about);
}

function missingClass({ missing }: AskedPool): readonly Hope[] {
  const own = missing.filter(({ fact }) => fact === 'node-class');
  return own.length === 0 ? [] : [{ missing: own, drops: dropsWhatClassesDecide }];
}

/** A class with placeholders in what its nodes look like. */
function unreadClass({ nodeClass, missing }: AskedPool): readonly Hope[] {
  const parts = [...(nodeClass?.unknown ?? [])].filter((part) => part !== 'zones' && part !== 'capacityReservations');
  if (!nodeClass || parts.length === 0) return [];
  const told = missing.filter(({ fact }) => fact === 'placeholder');
  const says = `${parts.join(', ')} of EC2NodeClass ${nodeClass.object.name ?? ''} cannot be read`;
  const untold: Missing = {
    fact: 'node-class',
    says,
    supply: 'the EC2NodeClass as it is applied',
    at: placeIn(nodeClass.object, ['spec']),
  };
  return [{ missing: told.length > 0 ? told : [untold], drops: dropsWhatClassesDecide }];
}

/** Labels that say nothing of what an instance type is. */
const placeLabels: ReadonlySet<string> = new Set([
  labels.zone,
  labels.zoneId,
  labels.region,
  labels.capacityType,
  labels.reservationId,
  labels.reservationType,
  labels.reservationInterruptible,
]);
const typeLabels: ReadonlySet<string> = new Set(instanceLabels.map(({ key }) => key).filter((key) => !placeLabels.has(key)));

/** A value that no documented type has may be a typing error, or a type newer than the catalog. */
function newerTypes(asked: AskedPool, pod: AskedPod): readonly Hope[] {
  const { pool, types, object } = asked;
  const ofPool = onceFor(unlistedByPool, asked, () => unlisted(pool.spec.template.requirements, types));
  const byTypes = onceFor(unlistedByPod, pod, () => new Map());
  const ofPod = byTypes.get(types) ?? unlisted(expressionsOf(pod), types);
  byTypes.set(types, ofPod);
  if (ofPool.length === 0 && ofPod.length === 0) return [];
  const missing: Missing = {
    fact: 'newer-type',
    says: `no instance type of the catalog has ${[...new Set([...ofPool, ...ofPod])].join(', ')}: a newer one may`,
    supply: '--catalog FILE with the instance types that are newer than the built-in catalog',
    at: placeIn(object, ['spec', 'template', 'spec', 'requirements']),
  };
  const isNone = (resource: string): boolean => {
    const amount = parseQuantity(String(pool.spec.limits?.[resource] ?? '1').trim());
    return !isQuantityFault(amount) && amount.amount <= 0;
  };
  const drops = ({ kind, about = '' }: Restriction): boolean =>
    amounts.includes(kind) ||
    kind === 'terms' ||
    kind === 'min-values' ||
    typeLabels.has(about) ||
    (kind === 'limit' && !isNone(about));
  return [{ missing: [missing], drops }];
}

const unlistedByPool = new WeakMap<AskedPool, readonly string[]>();
const unlistedByPod = new WeakMap<AskedPod, Map<readonly InstanceType[], readonly string[]>>();

function unlisted(asked: readonly Expression[], types: readonly InstanceType[]): readonly string[] {
  const known = valuesOf(types);
  return asked.flatMap(({ key = '', operator, values = [] }) => {
    const listed = operator === 'In' ? known.get(normalizedLabel(key)) : undefined;
    return listed ? values.filter((value) => !listed.has(value)).map((value) => `${key} ${value}`) : [];
  });
}

function expressionsOf({ pod: { spec } }: AskedPod): readonly Expression[] {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return [
    ...terms.flatMap(({ matchExpressions = [] }) => matchExpressions),
    ...Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ];
}

const valuesByTypes = new WeakMap<readonly InstanceType[], ReadonlyMap<string, ReadonlySet<string>>>();

/** The values of the labels to which newer types may add some. */
function valuesOf(types: readonly InstanceType[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = valuesByTypes.get(types);
  if (known) return known;
  const values = new Map([...openKeys].map((key) => [key, new Set<string>()]));
  for (const type of types) {
    for (const [key, set] of values) for (const value of type.requirement(key)?.values ?? []) set.add(value);
  }
  valuesByTypes.set(types, values);
  return values;
}

const reservationLabels: ReadonlySet<string> = new Set([
  labels.capacityType,
  labels.reservationId,
  labels.reservationType,
  labels.reservationInterruptible,
]);

function unreadReservations({ nodeClass }: AskedPool): readonly Hope[] {
  if (!nodeClass?.unknown.has('capacityReservations')) return [];
  const missing: Missing = {
    fact: 'capacity-reservations',
    says: 'it is not known which capacity reservations the node class selects',
    supply: '--aws-facts with describe-capacity-reservations, or the EC2NodeClass with its status',
    at: placeIn(nodeClass.object, ['spec', 'capacityReservationSelectorTerms']),
  };
  return [{ missing: [missing], drops: ({ kind, about = '' }) => kind === 'terms' || reservationLabels.has(about) }];
}

/** What an object that is not in view, or that the cluster has yet to make, would settle. */
const open: ReadonlySet<VolumeProblem> = new Set<VolumeProblem>([
  'claim-missing',
  'volume-missing',
  'not-bound-yet',
  'no-class',
  'class-missing',
  'immediate-binding',
]);

function missingVolume(pod: AskedPod, { ignored }: TrialPod): readonly Hope[] {
  if (ignored?.why !== 'volume' || !open.has(ignored.problem)) return [];
  const missing: Missing = {
    fact: 'volume-zone',
    says: `${volumeWords(ignored.claim, ignored.problem)}: where its volume is, or will be, is not known`,
    supply: 'the PersistentVolumeClaim with its PersistentVolume or StorageClass',
    at: placeInPod(pod, ['spec', 'volumes']),
  };
  return [{ missing: [missing], drops: ({ kind }) => kind === 'volume' }];
}

/** Required affinity to pods that are not this one: in an empty cluster there are none. */
function missingPartners(asked: AskedPod): readonly Hope[] {
  const { metadata, spec } = asked.pod;
  const terms = spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (terms.length === 0) return [];
  const own = new Map(Object.entries(metadata.labels ?? {}));
  const others = new Set(
    terms.flatMap(({ labelSelector, namespaces = [], namespaceSelector }, index) => {
      const isElsewhere =
        namespaceSelector !== undefined || (namespaces.length > 0 && !namespaces.includes(metadata.namespace ?? 'default'));
      return isElsewhere || !selectorOf(labelSelector)?.(own) ? [String(index)] : [];
    }),
  );
  if (others.size === 0) return [];
  const path = ['spec', 'affinity', 'podAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];
  const missing: Missing = {
    fact: 'affinity-partner',
    says: 'where the pods run that it wants to be with is not known in a cluster without pods',
    supply: 'simulate, with the workloads that its podAffinity selects',
    at: placeInPod(asked, path),
  };
  return [{ missing: [missing], drops: ({ kind, id }) => kind === 'affinity' && others.has(id) }];
}
