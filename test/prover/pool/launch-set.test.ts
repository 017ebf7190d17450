import { expect, test } from 'vitest';
import { launchSet } from '../../../src/prover/pool/launch-set.ts';
import { launchableOf } from '../../../src/prover/pool/launchable.ts';
import { poolUser } from '../../../src/prover/pool-user.ts';
import type { AskedPool } from '../../../src/prover/question.ts';
import { storage } from '../../../src/scheduler/storage.ts';
import { Trial } from '../../../src/scheduler/trial.ts';
import { TrialPod } from '../../../src/scheduler/trial-pod.ts';
import { randomScenario } from '../../oracle/scheduler/random-scenario.ts';
import { type View, view } from './asked-pools.ts';

/** Whether the scheduler launches anything for a pod that asks for nothing and tolerates the pool. */
function launches({ pool }: AskedPool, types: AskedPool['types'], { tables, settings, daemons }: View): boolean {
  const { tolerations } = poolUser(pool, tables.karpenter);
  const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
  const pod = new TrialPod(
    { metadata: { name: 'nothing' }, spec: { tolerations }, status },
    storage([], [], []),
    tables,
    settings,
  );
  const answer = new Trial({ pool, types }, { daemons, namespaces: new Map() }, tables, settings).ask(pod);
  return answer.fits && answer.launch().claim.instanceTypes.prices.some(Number.isFinite);
}

function withoutMinValues({ pool, ...asked }: AskedPool): AskedPool {
  const { template } = pool.spec;
  const requirements = template.requirements.map(({ minValues: _, ...one }) => one);
  return { ...asked, pool: { ...pool, spec: { ...pool.spec, template: { ...template, requirements } } } };
}

/** No provider says of one reservation that it is full and that it is not, nor, before 1.15, offers a full one: a scenario may. */
function isOdd({ types }: AskedPool, { tables }: View): boolean {
  const all = types.flatMap(({ offerings }) => offerings.filter(({ capacityType }) => capacityType === 'reserved'));
  const full = all.filter(({ reservationCapacity }) => reservationCapacity === 0);
  if (!tables.fullReservations) return full.length > 0;
  return full.some((one) => all.some((other) => other.reservationId === one.reservationId && other.reservationCapacity > 0));
}

test('holds every type that the scheduler launches, and no other', () => {
  const counts = { launched: 0, not: 0, nothing: 0 };
  for (let seed = 0; seed < 120; seed += 9) {
    const found = view(randomScenario(seed, 0), seed % 2 === 0 ? '1.15' : '1.14');
    if (found.scenario.settings.reservedCapacity === false) continue;
    for (const [index, asked] of found.pools.entries()) {
      const set = found.sets[index] ?? launchSet(asked, [], found.tables);
      const names = new Set(launchableOf(set).types);
      if (isOdd(asked, found)) continue;
      expect([seed, asked.name, names.size > 0]).toEqual([seed, asked.name, launches(asked, asked.types, found)]);
      if (names.size === 0) counts.nothing++;
      else {
        for (const type of asked.types) {
          const isLaunched = launches(withoutMinValues(asked), [type], found);
          expect([seed, asked.name, type.name, names.has(type)]).toEqual([seed, asked.name, type.name, isLaunched]);
          counts[isLaunched ? 'launched' : 'not']++;
        }
      }
    }
  }
  expect(counts.launched).toBeGreaterThan(50);
  expect(counts.not).toBeGreaterThan(20);
  expect(counts.nothing).toBeGreaterThan(2);
}, 30_000);
