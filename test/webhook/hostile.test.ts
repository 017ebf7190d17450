import { expect, test, vi } from 'vitest';
import type { Snapshot } from '../../webhook/cluster/snapshot.ts';
import { still } from './support/answered.ts';
import { faultyAnswer } from './support/faulty-answer.ts';
import { hostileBodies, hostileCluster } from './support/hostile-bodies.ts';
import { chance, mutator } from './support/mutate.ts';
import { served } from './support/served.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const snapshot: Snapshot = { ...still(hostileCluster), level: 'karpenter', kinds: () => [], stop: () => undefined };

/** The same with a hundred times as many: hostile.mjs. */
test.each([
  ['enforce', 1, 200, snapshot],
  ['warn', 2, 800, undefined],
] as const)(
  'mutilated reviews in mode %s, and every answer is one',
  async (mode, seed, count, around) => {
    const server = await served({
      admission: { mode },
      rest: { failOn: 'info', closedWorld: true, profile: 'production' },
      ...(around && { snapshot: around }),
    });
    const { next } = mutator(hostileBodies, chance(seed));
    const faults: string[] = [];
    const decisions = new Set<unknown>();
    const caller = async (): Promise<void> => {
      for (let sent = 0; sent < count / 8; sent++) {
        const body = next();
        const { status, headers, body: answer } = await server.post(body);
        const fault = faultyAnswer(body, status, headers, answer);
        if (fault !== undefined) faults.push(`${fault}\n${body.slice(0, 2000)}`);
        decisions.add(status === 200 ? JSON.parse(answer).response.auditAnnotations?.decision : status);
      }
    };
    await Promise.all(Array.from({ length: 8 }, caller));
    expect(faults).toEqual([]);
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
    // They get to the rules and not only to the door.
    expect([...decisions]).toEqual(expect.arrayContaining([mode === 'enforce' ? 'deny' : 'warn', 'skip', 400]));
    await server.stop();
  },
  120_000,
);
