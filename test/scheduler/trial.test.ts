import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { emptyCluster } from '../../src/scheduler/cluster.ts';
import { daemonPod } from '../../src/scheduler/daemon-pod.ts';
import { PoolTables } from '../../src/scheduler/pool-tables.ts';
import { offeredPools, readScenario, schedulerSettings } from '../../src/scheduler/scenario.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { storage } from '../../src/scheduler/storage.ts';
import { Trial } from '../../src/scheduler/trial.ts';
import { TrialPod } from '../../src/scheduler/trial-pod.ts';
import { randomScenario } from '../oracle/scheduler/random-scenario.ts';

const catalog = await loadCatalog();

test('a trial answers as the scheduler does about one pod of an empty cluster', { timeout: 60_000 }, () => {
  let asked = 0;
  const outcomes = new Map<string, number>();
  for (let seed = 0; seed < 80; seed++) {
    const { scenario } = readScenario(randomScenario(seed, 12));
    const { daemonSets, namespaces, persistentVolumeClaims, persistentVolumes, storageClasses } = scenario.cluster;
    const cluster = { ...emptyCluster, daemonSets, namespaces, persistentVolumeClaims, persistentVolumes, storageClasses };
    const settings = schedulerSettings(scenario.settings, '1.15');
    const tables = new PoolTables(settings);
    const objects = storage(persistentVolumeClaims, persistentVolumes, storageClasses);
    const daemons = daemonSets.map((one) => daemonPod(one, []));
    const labelled = new Map(
      namespaces.map((one) => [one.metadata.name ?? '', new Map(Object.entries(one.metadata.labels ?? {}))]),
    );
    const waiting = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
    const pods = scenario.cluster.pods.map(({ metadata, spec }) => {
      const { nodeName: _, ...rest } = spec;
      return { metadata: { ...metadata, ownerReferences: [] }, spec: rest, status: waiting };
    });
    for (const offered of offeredPools(scenario, catalog, '1.15')) {
      const trial = new Trial(offered, { daemons, namespaces: labelled }, tables, settings);
      for (const pod of pods.slice(0, 4)) {
        const whole = new Scheduler([offered], settings).solve({ ...cluster, pods: [pod] }, 0);
        const answer = trial.ask(new TrialPod(pod, objects, tables, settings));
        const [claim] = whole.newNodeClaims;
        const [error] = [...whole.errors.values()].flatMap(({ refusals }) => refusals.map(({ refusal }) => refusal));
        const [ignored] = whole.ignored.values();
        asked++;
        if (answer.fits) {
          const { claim: own } = answer.launch();
          expect([claim?.instanceTypes, claim?.requirements, claim?.requests]).toEqual([
            own.instanceTypes,
            own.requirements,
            own.requests,
          ]);
        } else if (answer.refusal.category === 'ignored') expect(answer.refusal.ignored).toEqual(ignored);
        else if (answer.refusal.category === 'not-ready') expect(error?.category).toBe('no-nodepools');
        else expect(answer.refusal).toEqual(error);
        const outcome = answer.fits ? 'fits' : answer.refusal.category;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
  }
  expect(asked).toBeGreaterThan(200);
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining(['fits', 'taint', 'pod-requirements', 'resources', 'topology', 'volume', 'ignored']),
  );
});
