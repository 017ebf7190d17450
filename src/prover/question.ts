import type { Catalog } from '../catalog/catalog.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { NodeClassFacts } from '../catalog/node-class-facts.ts';
import type { AwsFacts } from '../context/aws-facts.ts';
import type { KubernetesObject } from '../document/document.ts';
import { type MapNode, nearest } from '../document/node.ts';
import { nameAt } from '../document/objects.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import type { Cluster } from '../scheduler/cluster.ts';
import type { ScenarioSettings } from '../scheduler/scenario-settings.ts';
import type { Path, Place } from '../text/place.ts';
import type { Foundation } from './foundation.ts';
import type { Missing } from './proof.ts';

/** What is known of the cluster beside its objects. */
export interface ProofFacts {
  /** A minor (its latest patch) or a patch. */
  readonly karpenterVersion: string;
  readonly region: string | undefined;
  /** Zones that the subnets are said to lie in. */
  readonly zones: readonly string[] | undefined;
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  readonly preferencePolicy: 'Respect' | 'Ignore';
  /** The feature gate; undefined where nobody says. */
  readonly nodeOverlay: boolean | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly awsFacts?: AwsFacts | undefined;
  /** How many replicas of a workload count: the least that an autoscaler may leave, those of the manifest, or the most. */
  readonly scale: 'min' | 'current' | 'max';
}

/** All that questions are asked about: pools, and the cluster in which a pod looks for its first node. */
export interface Question {
  readonly facts: ProofFacts;
  readonly catalog: Catalog;
  /** Region and zones as they are taken to be, and what was said. */
  readonly settings: ScenarioSettings;
  /** In the order in which Karpenter asks them: weight, then name. */
  readonly pools: readonly AskedPool[];
  /** Without pods and machines: DaemonSets, storage and namespaces. */
  readonly cluster: Cluster;
  /** The objects that the cluster's DaemonSets were read from, each in turn. */
  readonly daemonSetObjects: readonly KubernetesObject[];
  /** Resources that NodeOverlays in view speak of. */
  readonly overlaidResources: ReadonlySet<string>;
  readonly foundation: Foundation;
  readonly objects: readonly KubernetesObject[];
  readonly problems: readonly string[];
  readonly assumptions: readonly string[];
}

export interface AskedPool {
  readonly name: string;
  readonly object: KubernetesObject;
  /**
   * As the scheduler takes it, in the order of the manifest, without what a placeholder stands for. Requirements behind those of the
   * manifest are of the world that is asked about. A static pool is asked as if it launched nodes for pods.
   */
  readonly pool: NodePool;
  readonly isStatic: boolean;
  /** Undefined: not in view, or of another provider. */
  readonly nodeClass: AskedClass | undefined;
  /** What its class is offered; of a class that is not in view, what any Linux class is. */
  readonly types: readonly InstanceType[];
  /** Whether NodeOverlays have changed the types. */
  readonly isOverlaid: boolean;
  /** Where its requirements and taints stand, each in turn. */
  readonly requirementPaths: readonly Path[];
  readonly taintPaths: readonly Path[];
  /** What is not known of it, whatever the pod. */
  readonly missing: readonly Missing[];
}

export interface AskedClass {
  readonly object: KubernetesObject;
  readonly facts: NodeClassFacts;
  /** What of it only a placeholder or the cluster knows. */
  readonly unknown: ReadonlySet<keyof NodeClassFacts>;
}

/** One pod that is asked about: it stands for all replicas. */
export interface AskedPod {
  /** `Deployment shop/web`, or the name of a declared pod or an archetype. */
  readonly name: string;
  readonly kind: 'workload' | 'declared' | 'archetype';
  readonly at: Place;
  readonly replicas: number;
  /** As it looks after admission, waiting for its place. Workloads may share it that differ in nothing that decides, whatever it is called. */
  readonly pod: Pod;
  /** Claims that are made along with it. */
  readonly claims: readonly PersistentVolumeClaim[];
  /** The pod as written, a mapping with `spec` (a Pod, or the template of a workload); absent where nobody wrote it. */
  readonly written: MapNode | undefined;
  /** The object that makes it; absent for declared pods and archetypes. */
  readonly object: KubernetesObject | undefined;
  /** What is not known of it, whatever the pool. */
  readonly missing: readonly Missing[];
}

/** A poorer world. */
export interface WorldChange {
  readonly withoutZone?: string;
  readonly withoutCapacityType?: string;
  readonly withoutMinValues?: true;
  readonly withoutLimits?: true;
}

/** Where something of an object stands, or the nearest thing around it; the object's name where nothing of it is written. */
export function placeIn(object: KubernetesObject, path: Path): Place {
  const { node, depth } = nearest(object.node, path);
  if (depth === path.length) return node.at;
  return depth === 0 ? nameAt(object) : node.keyAt;
}

/** The same for a pod, from its `spec` or `metadata` on. */
export function placeInPod({ written, at }: AskedPod, path: Path): Place {
  if (!written) return at;
  const { node, depth } = nearest(written, path);
  if (depth === path.length) return node.at;
  return depth === 0 ? at : node.keyAt;
}
