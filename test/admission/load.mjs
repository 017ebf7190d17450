// Load through the API server: rehearsed creations, so many at a time, until it is told to stop. A call is lost where its client gets
// anything but what the webhook would have answered.
import { pool, wrong } from './hook.mjs';
import { pathOf, until, warningsOf } from './lab.mjs';

/** Fewer calls than these say nothing. */
const LEAST = 100;

/** Runs `work` under load and says what became of the calls. */
export async function underLoad({ call }, work, { width = 8 } = {}) {
  const counts = { calls: 0, refused: 0, unjudged: 0, slowest: 0, examples: [] };
  let isOver = false;
  const client = async (id) => {
    for (let turn = 0; !isOver; turn++) {
      const object = pool(`load-${id}-${turn}`, wrong);
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
    }
  };
  const clients = Array.from({ length: width }, (_, id) => client(id));
  try {
    await work(counts);
    await until(() => counts.calls >= LEAST, 'enough calls', 120);
  } finally {
    isOver = true;
    await Promise.all(clients);
  }
  return counts;
}

export function told({ calls, refused, unjudged, slowest }) {
  return `${calls} calls, ${refused} refused, ${unjudged} not judged, slowest ${Math.round(slowest)} ms`;
}
