import type { Labels } from '../algebra/selector.ts';
import type { ObjectMeta } from '../model/cluster/object-meta.ts';
import type { TopologyGroup } from './topology-group.ts';

/** What selectors see of a pod, and the topology groups that select it: pods of one workload share this. */
export interface PodLabels {
  readonly namespace: string;
  readonly labels: Labels;
  readonly direct: SelectingGroups;
  readonly inverse: SelectingGroups;
}

/** Groups are only ever added, so it is enough to look at those that came after the last look. */
export interface SelectingGroups {
  readonly groups: TopologyGroup[];
  looked: number;
}

/** Gives pods with the same namespace and labels one identity. */
export class PodLabelSpace {
  readonly #known = new Map<string, PodLabels>();

  of({ namespace = 'default', labels = {} }: ObjectMeta): PodLabels {
    const text = JSON.stringify([namespace, labels]);
    let known = this.#known.get(text);
    if (!known) {
      known = {
        namespace,
        labels: new Map(Object.entries(labels)),
        direct: { groups: [], looked: 0 },
        inverse: { groups: [], looked: 0 },
      };
      this.#known.set(text, known);
    }
    return known;
  }
}
