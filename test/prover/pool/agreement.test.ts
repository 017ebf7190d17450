import { expect, test } from 'vitest';
import { isCompatible, labelRequirements } from '../../../src/algebra/requirements.ts';
import type { Pod } from '../../../src/model/cluster/pod.ts';
import { launchableOf } from '../../../src/prover/pool/launchable.ts';
import { poolAnswers } from '../../../src/prover/pool/pool-answers.ts';
import { poolUser } from '../../../src/prover/pool-user.ts';
import type { AskedPool } from '../../../src/prover/question.ts';
import { emptyCluster } from '../../../src/scheduler/cluster.ts';
import { Scheduler } from '../../../src/scheduler/scheduler.ts';
import { storage } from '../../../src/scheduler/storage.ts';
import { Trial } from '../../../src/scheduler/trial.ts';
import { TrialPod } from '../../../src/scheduler/trial-pod.ts';
import { type Random, random } from '../../oracle/algebra/random.ts';
import { randomScenario } from '../../oracle/scheduler/random-scenario.ts';
import { nodeClass, nodePool, type View, view } from './asked-pools.ts';

const names = ['t3.micro', 'm5.large', 'm5.xlarge', 'm5.2xlarge', 'c5.xlarge', 'm6g.large', 'g4dn.xlarge'];
const zones = ['us-east-1a', 'us-east-1b'];
const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };

function podOf(name: string, spec: Pod['spec']): Pod {
  return { metadata: { name, uid: name }, spec, status };
}

test('prices, zones and diversity are those of the offerings, one by one', () => {
  let seen = 0;
  for (let seed = 0; seed < 90; seed += 3) {
    const found = view(randomScenario(seed, 0));
    for (const [index, answer] of poolAnswers(found.sets).entries()) {
      const set = found.sets[index];
      if (!set) throw new Error('a pool without its set');
      const { requirements, tables } = set;
      const launchable = launchableOf(set).types.flatMap(({ name, requirements: own, offerings }) =>
        offerings
          .filter((one) => one.available && !(one.capacityType === 'reserved' && one.reservationCapacity === 0))
          .filter((one) => isCompatible(requirements.requirements, one.requirements, tables.space.wellKnown))
          .map((one) => ({ ...one, name, families: [...(own.byKey.get('karpenter.k8s.aws/instance-family')?.values ?? [])] })),
      );
      const prices = launchable.map(({ price }) => price).sort((a, b) => a - b);
      const distinct = (values: readonly string[]) => [...new Set(values)].sort();
      expect([seed, answer.cheapest?.pricePerHour, answer.dearest?.pricePerHour]).toEqual([seed, prices[0], prices.at(-1)]);
      expect([seed, answer.zones, answer.capacityTypes]).toEqual([
        seed,
        distinct(launchable.map(({ zone }) => zone)),
        distinct(launchable.map(({ capacityType }) => capacityType)),
      ]);
      const spot = launchable.filter(({ capacityType }) => capacityType === 'spot');
      for (const [told, all] of [
        [answer.diversity, launchable],
        [answer.spotDiversity, spot],
      ] as const) {
        expect([seed, told]).toEqual([
          seed,
          {
            families: distinct(all.flatMap(({ families }) => families)).length,
            types: distinct(all.map(({ name }) => name)).length,
            zones: distinct(all.map(({ zone }) => zone)).length,
            offerings: distinct(all.map(({ name, zone }) => `${name} ${zone}`)).length,
          },
        ]);
      }
      const least = prices[(prices.length - 1) >> 1];
      expect([seed, answer.median?.pricePerHour]).toEqual([seed, least]);
      if (launchable.length > 0) seen++;
    }
  }
  expect(seen).toBeGreaterThan(25);
}, 30_000);

test('as many nodes fit the limits as the scheduler launches', () => {
  const r = random(7);
  for (let round = 0; round < 12; round++) {
    const type = r.pick(['m5.large', 'm5.xlarge', 'c5.xlarge']);
    const limits = { cpu: String(1 + r.integer(40)), ...(r.percent(60) && { memory: `${1 + r.integer(200)}Gi` }) };
    const requirements = [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: [type] }];
    const objects = [nodeClass(), nodePool('p', { requirements }, { limits })];
    const { sets, pools, settings } = view({ objects, instanceTypes: { from: 'catalog', names } });
    // One on each node, for they all want the same port of it.
    const containers = [{ ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }] }];
    const pods = Array.from({ length: 60 }, (_, index) => podOf(`w${index}`, { containers }));
    const { newNodeClaims } = new Scheduler(pools, settings).solve({ ...emptyCluster, pods }, 0);
    const { nodesThatFit } = poolAnswers(sets)[0]?.limits ?? {};
    expect([round, type, limits, nodesThatFit?.ofLargest]).toEqual([round, type, limits, newNodeClaims.length]);
  }
}, 30_000);

/** Types of which some zone and capacity type can be had in both pools by a pod that is meant for one of them. */
function sharedTypes([a, b]: readonly [AskedPool, AskedPool], { tables, settings, daemons }: View): number {
  const [onA, onB] = [a, b].map((one) => new Trial(one, { daemons, namespaces: new Map() }, tables, settings)) as [Trial, Trial];
  const users = [a, b].map(({ pool }) => poolUser(pool, tables.karpenter));
  const places = zones.flatMap((zone) => ['spot', 'on-demand'].map((bought) => [zone, bought] as const));
  return names.filter((type) =>
    users.some(({ nodeSelector, tolerations }) =>
      places.some(([zone, bought]) => {
        const where = {
          'node.kubernetes.io/instance-type': type,
          'topology.kubernetes.io/zone': zone,
          'karpenter.sh/capacity-type': bought,
        };
        const pod = podOf('asks', { nodeSelector: { ...nodeSelector, ...where }, tolerations });
        const asked = new TrialPod(pod, storage([], [], []), tables, settings);
        return onA.ask(asked).fits && onB.ask(asked).fits;
      }),
    ),
  ).length;
}

function somePool(r: Random, name: string): object {
  const some = (key: string, values: readonly string[], chance: number) =>
    r.percent(chance) ? [{ key, operator: 'In', values: values.filter(() => r.percent(60)).concat(values.slice(0, 1)) }] : [];
  const requirements = [
    ...some('node.kubernetes.io/instance-type', names, 80),
    ...some('topology.kubernetes.io/zone', r.percent(50) ? zones : [...zones].reverse(), 40),
    ...some('karpenter.sh/capacity-type', r.percent(50) ? ['spot'] : ['on-demand'], 40),
    ...some('team', ['red', 'blue'], 20),
  ];
  const taints = r.percent(35) ? [{ key: r.pick(['batch', 'gpu']), effect: 'NoSchedule' }] : [];
  const labels = r.percent(25) ? { team: r.pick(['red', 'green']) } : {};
  return nodePool(name, { requirements, taints }, r.percent(50) ? { weight: 1 + r.integer(3) } : {}, labels);
}

test('pools overlap in the types that the scheduler launches in both, and the first is the one that it asks first', () => {
  let overlapping = 0;
  for (let seed = 0; seed < 5; seed++) {
    const r = random(seed);
    const objects = [nodeClass(), ...['a', 'b', 'c', 'd'].map((name) => somePool(r, name))];
    const found = view({ objects, instanceTypes: { from: 'catalog', names }, settings: { region: 'us-east-1', zones } });
    const answers = poolAnswers(found.sets);
    for (const [index, { name, overlaps }] of answers.entries()) {
      for (const [other, rival] of found.pools.entries()) {
        const [asked, told] = [found.pools[index], overlaps.find(({ pool }) => pool === rival.name)];
        if (!asked || other === index) continue;
        expect([seed, name, rival.name, told?.types ?? 0]).toEqual([seed, name, rival.name, sharedTypes([asked, rival], found)]);
        if (told) expect(told.first).toBe(index < other ? name : rival.name);
        if (told) overlapping++;
      }
    }
  }
  expect(overlapping).toBeGreaterThan(15);
}, 30_000);

test('the labels that users of a pool select are labels that it gives', () => {
  for (let seed = 0; seed < 60; seed += 4) {
    const { sets } = view(randomScenario(seed, 0));
    for (const { asked, tables, requirements } of sets) {
      const { nodeSelector } = poolUser(asked.pool, tables.karpenter);
      const contradicts = requirements.requirements.list.some(
        ({ operator, complement, values }) => operator === 'DoesNotExist' && !complement && values.size === 0,
      );
      if (contradicts) continue;
      const selected = labelRequirements(Object.entries(nodeSelector));
      expect([seed, asked.name, isCompatible(requirements.requirements, selected, tables.space.wellKnown)]).toEqual([
        seed,
        asked.name,
        true,
      ]);
    }
  }
}, 30_000);
