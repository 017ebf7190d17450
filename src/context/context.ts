import type { Directive, Document, KubernetesObject } from '../document/document.ts';
import type { ChartValues } from '../model/chart-values.ts';
import type { EC2NodeClass } from '../model/ec2-node-class.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { KindSchema } from '../model/schema/load.ts';
import type { Violation } from '../model/schema/violation.ts';

/** What a rule may be about. Its `check` is given these one at a time. */
export interface Subjects {
  NodePool: NodePool;
  EC2NodeClass: EC2NodeClass;
  /**
   * Any object of a Karpenter kind, with what the API server would hold against it; of other kinds those with an annotation for
   * Karpenter that it would refuse.
   */
  Object: JudgedObject;
  /** Those of them against which there is something to hold. */
  Refused: JudgedObject;
  /** Values of the Karpenter chart: a values file, or those of a release. */
  ChartValues: ChartValues;
  /** Any Kubernetes object in view. */
  Manifest: KubernetesObject;
  /** One object before and after an edit; `after` is absent when the edit deletes it. */
  Change: Change;
  /** A document with problems: for what cannot be read. */
  Document: Document;
  /** A suppression comment; checked last, when it is known what it silenced. */
  Allow: Allow;
  /** Everything at once, for claims about what is not there. */
  Context: Context;
}

export interface JudgedObject {
  readonly object: KubernetesObject;
  readonly violations: readonly Violation[];
  /** The schema that the violations are against, for what is said around them; undefined where the target serves none. */
  readonly schema: KindSchema | undefined;
}

export interface Change {
  readonly before: KubernetesObject;
  readonly after: KubernetesObject | undefined;
}

export interface Allow {
  readonly directive: Directive;
  /** Ids among its rules that silenced at least one finding. */
  readonly used: ReadonlySet<string>;
  /** Ids of the rules that ran: only of these can be said that nothing was there to silence. */
  readonly ran: ReadonlySet<string>;
}

/** The linked input: built once, then only asked. */
export interface Context {
  /** Every subject of a kind, in the order of the input. */
  all<K extends keyof Subjects>(kind: K): readonly Subjects[K][];
  readonly documents: readonly Document[];
  readonly objects: readonly KubernetesObject[];
  readonly nodePools: readonly NodePool[];
  readonly nodeClasses: readonly EC2NodeClass[];
  /** Objects of one kind in any of its versions, Karpenter's or not: `Deployment`, `PodDisruptionBudget`. */
  ofKind(kind: string): readonly KubernetesObject[];
  /** Objects of Karpenter's kinds that claim to be one and the same, by `identityOf`. */
  definitionsOf(identity: string): readonly KubernetesObject[];
  /** An object as a NodePool, or as an EC2NodeClass, decoded once. */
  poolOf(object: KubernetesObject): NodePool;
  nodeClassOf(object: KubernetesObject): EC2NodeClass;
  /** The EC2NodeClass that a pool's nodeClassRef names, if it is in view. */
  classOf(pool: NodePool): EC2NodeClass | undefined;
  poolsOf(nodeClass: EC2NodeClass): readonly NodePool[];
  /** Pools that name a class of a name, in view or not; without one it is empty. */
  poolsNaming(className: string): readonly NodePool[];
}
