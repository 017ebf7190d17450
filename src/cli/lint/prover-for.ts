import type { Document, KubernetesObject } from '../../document/document.ts';
import { isKarpenters } from '../../document/objects.ts';
import type { Facts, Need } from '../../lint/world.ts';

export interface ProverQuestion {
  readonly needs: ReadonlySet<Need>;
  readonly target: Facts['target'];
  readonly objects: readonly KubernetesObject[];
  readonly configDocuments: readonly Document[];
}

/** The prover and the pods that the configuration declares, if a rule wants them and there is something to ask about. */
export async function proverFor(question: ProverQuestion): Promise<Pick<Facts, 'prove' | 'declaredPods'>> {
  const { needs, objects, configDocuments } = question;
  if (!needs.has('proof') || !objects.some(({ kind }) => kind === 'NodePool') || !hasPods(question)) return {};
  const { prover } = await import('../../prover/prover.ts');
  const { declaredPods } = await import('../../prover/declared-pods.ts');
  const isSound = configDocuments.every(({ problems }) => problems.length === 0);
  return { prove: prover, declaredPods: isSound ? declaredPods(configDocuments) : [] };
}

/** Whether there may be pods to ask about. Where everything is in view, that there are none tells something too. */
function hasPods({ target, objects, configDocuments }: ProverQuestion): boolean {
  if (target.closedWorld || configDocuments.length > 0) return true;
  return objects.some(({ apiVersion, kind }) => !isKarpenters(apiVersion, kind));
}
