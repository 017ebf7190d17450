import type { DaemonOverheadGroup, Daemons } from './daemon-overhead.ts';
import type { NodeClaimTemplate } from './node-claim-template.ts';
import type { ResourceAxis } from './resources.ts';

/** Which types carry which DaemonSets, as long as runs are asked about the same DaemonSets. */
export class DaemonGroups {
  readonly #axis: ResourceAxis;
  #identity = '';
  #groups = new Map<NodeClaimTemplate, readonly DaemonOverheadGroup[]>();

  constructor(axis: ResourceAxis) {
    this.#axis = axis;
  }

  of(template: NodeClaimTemplate, daemons: Daemons): readonly DaemonOverheadGroup[] {
    const { identity } = daemons;
    if (identity === undefined) return daemons.groups(template);
    // Vectors that were written down along a coarser axis are out of date.
    const now = `${this.#axis.version} ${identity}`;
    if (now !== this.#identity) {
      this.#identity = now;
      this.#groups = new Map();
    }
    const known = this.#groups.get(template) ?? daemons.groups(template);
    this.#groups.set(template, known);
    return known;
  }
}
