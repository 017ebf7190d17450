import { keep } from '../../src/context/keep.ts';
import type { Brief } from '../../src/lint/ask.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Attentive } from './agenda.ts';
import { Parts } from './parts.ts';
import type { State } from './state.ts';

/** Which rules found something in which parts of pools: those that found nothing need not be asked of the same parts again. */
export class Silences {
  readonly #parts = new Parts();
  readonly #heard = new Map<Attentive, Map<string, readonly Brief[]>>();

  /** Asks of a pool whoever may find something in it. `ask` tells whether something was found. */
  askOf(pool: NodePool, groups: readonly Attentive[], state: State, ask: (brief: Brief) => boolean): void {
    const number = this.#parts.of(pool, state);
    for (const group of groups) {
      let key = '';
      for (const part of group.reads) key += `${number(part)} `;
      const heard = this.#heardBy(group);
      const known = heard.get(key);
      if (known) for (const brief of known) ask(brief);
      else keep(heard, key, group.briefs.filter(ask));
    }
  }

  #heardBy(group: Attentive): Map<string, readonly Brief[]> {
    const heard = this.#heard.get(group) ?? new Map<string, readonly Brief[]>();
    this.#heard.set(group, heard);
    return heard;
  }
}
