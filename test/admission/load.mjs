// Load through the API server: rehearsed creations, so many at a time, until it is told to stop. A call is lost where its client gets
// anything but what the webhook would have answered.
import { setTimeout as wait } from 'node:timers/promises';
import { pool, wrong } from './hook.mjs';
import { pathOf, until, warningsOf } from './lab.mjs';

/** Fewer calls than these say nothing. */
const LEAST = 100;

/**
 * Runs `work` under load and says what became of the calls. `work` is handed the counts, and a way to wait until every call that is on
 * its way has been answered. `pause` is that of a client between two calls, in milliseconds.
 */
export async function underLoad({ call }, work, { width = 8, pause = 0 } = {}) {
  const counts = { calls: 0, refused: 0, unjudged: 0, slowest: 0, examples: [] };
  const turns = new Array(width).fill(0);
  let isOver = false;
  const client = async (id) => {
    for (; !isOver; turns[id]++) {
      const object = pool(`load-${id}-${turns[id]}`, wrong);
      const answer = await call('POST', `${pathOf('NodePool')}?dryRun=All`, object).catch(({ message }) => ({
        code: 0,
        body: { message },
        headers: {},
      }));
      counts.calls++;
      counts.slowest = Math.max(counts.slowest, answer.milliseconds ?? 0);
      if (answer.code !== 201) {
        counts.refused++;
        if (counts.examples.length < 3) counts.examples.push(answer.body.message);
      } else if (!warningsOf(answer).some((text) => text.includes('expire-after-zero'))) counts.unjudged++;
      await wait(pause);
    }
  };
  const answered = async () => {
    const before = [...turns];
    await until(() => turns.every((turn, id) => turn > before[id]), 'the calls on their way are answered');
  };
  const clients = Array.from({ length: width }, (_, id) => client(id));
  try {
    await work(counts, answered);
    await until(() => counts.calls >= LEAST, 'enough calls');
  } finally {
    isOver = true;
    await Promise.all(clients);
  }
  return counts;
}

export function told({ calls, refused, unjudged, slowest }) {
  return `${calls} calls, ${refused} refused, ${unjudged} not judged, slowest ${Math.round(slowest)} ms`;
}
