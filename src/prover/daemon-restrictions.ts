import { nameAt } from '../document/objects.ts';
import type { DaemonPod } from '../scheduler/daemon-pod.ts';
import { decimal } from './arithmetic.ts';
import type { Question } from './question.ts';
import type { Restriction } from './restriction.ts';

/** What every new node carries before its first pod. */
export function daemonRestrictions({
  daemons,
  question,
}: {
  readonly daemons: readonly DaemonPod[];
  readonly question: Question;
}): readonly Restriction[] {
  return daemons.flatMap(({ name, requests }, index): readonly Restriction[] => {
    const object = question.daemonSetObjects[index];
    if (!object) return [];
    const asked = [...requests]
      .filter(([resource]) => resource !== 'pods')
      .map(([resource, amount]) => `${decimal(amount)} of ${resource}`);
    const says = (): string => `DaemonSet ${name} asks for ${asked.join(', ') || 'a place'} on its nodes`;
    return [{ id: String(index), kind: 'daemon', at: () => nameAt(object), says }];
  });
}
