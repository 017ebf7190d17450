import type { Catalog } from '../catalog/catalog.ts';
import type { KubernetesObject } from '../document/document.ts';
import { askedDeclared } from './asked-pods.ts';
import { askedWorkloads } from './asked-workloads.ts';
import { autoscalers } from './autoscalers.ts';
import type { DeclaredPod } from './declared-pods.ts';
import { Oracle } from './oracle.ts';
import { poorer } from './poorer.ts';
import type { PodProof, PoolProof, Proof } from './proof.ts';
import { Proving } from './proving.ts';
import type { AskedPod, ProofFacts, WorldChange } from './question.ts';
import { questionOf } from './question-of.ts';
import { replicasOf } from './replicas.ts';

export interface ProverInput {
  /** Everything in view. */
  readonly objects: readonly KubernetesObject[];
  readonly declared: readonly DeclaredPod[];
  readonly facts: ProofFacts;
  readonly catalog: Catalog;
  /** Asked between questions; true ends the work, and what is left is listed as unasked. */
  readonly expired?: (() => boolean) | undefined;
}

export interface Prover {
  /** Worked out at the first look, as are the pools. */
  readonly pods: readonly PodProof[];
  readonly pools: readonly PoolProof[];
  /** Of the pods that an object makes; nothing where it was not asked about. */
  proofsOf(object: KubernetesObject): readonly PodProof[];
  proof(): Proof;
  /** The same questions in a poorer world. */
  under(change: WorldChange): Prover;
}

export function prover({ objects, declared, facts, catalog, expired = () => false }: ProverInput): Prover {
  const question = questionOf(objects, facts, catalog);
  const scaledBy = autoscalers(objects);
  const counted = (object: KubernetesObject): ReturnType<typeof replicasOf> => replicasOf(object, scaledBy(object), facts.scale);
  const { pods: found, problems } = askedWorkloads(objects, (object) => counted(object).count ?? 1);
  const pods: readonly AskedPod[] = [...found, ...askedDeclared(declared, objects)];
  const claims = pods.flatMap((pod) => pod.claims);
  const oracle = new Oracle(question, claims);
  const proverOf = (own: Oracle): Prover => {
    const proving = new Proving(own, pods, counted, expired, problems);
    return {
      get pods() {
        return proving.pods;
      },
      get pools() {
        return proving.pools;
      },
      proofsOf: (object) => proving.proofsOf(object),
      proof: () => proving.proof(),
      under: (change) => proverOf(new Oracle(poorer(own.question, change), claims)),
    };
  };
  return proverOf(oracle);
}
