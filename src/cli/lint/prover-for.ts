import type { Document, KubernetesObject } from '../../document/document.ts';
import type { Facts, Need } from '../../lint/world.ts';

export interface ProverQuestion {
  readonly needs: ReadonlySet<Need>;
  readonly objects: readonly KubernetesObject[];
  readonly configDocuments: readonly Document[];
}

/** The prover and the pods that the configuration declares, if a rule wants them and there are pools to ask about. */
export async function proverFor({
  needs,
  objects,
  configDocuments,
}: ProverQuestion): Promise<Pick<Facts, 'prove' | 'declaredPods'>> {
  if (!needs.has('proof') || !objects.some(({ kind }) => kind === 'NodePool')) return {};
  const { prover } = await import('../../prover/prover.ts');
  const { declaredPods } = await import('../../prover/declared-pods.ts');
  const isSound = configDocuments.every(({ problems }) => problems.length === 0);
  return { prove: prover, declaredPods: isSound ? declaredPods(configDocuments) : [] };
}
