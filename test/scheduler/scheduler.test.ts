import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { canonicalResult } from '../../src/scheduler/canonical-result.ts';
import { offeredPools, readScenario, schedulerSettings, solveScenario } from '../../src/scheduler/scenario.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { randomScenario } from '../oracle/scheduler/random-scenario.ts';

const catalog = await loadCatalog();
const nodeClass = { kind: 'EC2NodeClass', metadata: { name: 'default' }, spec: {} };

function pool(spec: object = {}, name = 'default') {
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  return { kind: 'NodePool', metadata: { name }, spec: { template: { spec: { nodeClassRef, ...spec } } } };
}

function pod(name: string, requests: object, spec: object = {}) {
  return {
    kind: 'Pod',
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [{ resources: { requests } }], ...spec },
  };
}

function solve(objects: readonly object[], instanceTypes: object = { from: 'catalog', names: ['m5.large', 'm5.xlarge'] }) {
  const { scenario, problems } = readScenario({ objects, instanceTypes });
  return { problems, result: canonicalResult(solveScenario(scenario, catalog, '1.15')) };
}

test('no answer depends on the ones before', () => {
  for (let seed = 0; seed < 12; seed++) {
    const { scenario } = readScenario(randomScenario(seed, 30));
    const scheduler = new Scheduler(offeredPools(scenario, catalog, '1.15'), schedulerSettings(scenario.settings, '1.15'));
    const ask = () => JSON.stringify(canonicalResult(scheduler.solve(scenario.cluster, 0)));
    const halves = { ...scenario.cluster, pods: scenario.cluster.pods.filter((_, index) => index % 2 === 0) };
    const first = ask();
    scheduler.solve(halves, 0);
    expect(ask()).toBe(first);
  }
});

describe('bad input', () => {
  test('a class that is not there leaves the pool out', () => {
    expect(solve([pool(), pod('a', { cpu: '1' })]).result.errors).toEqual({ 'default/a': 'no-nodepools' });
  });

  test('types that nobody knows are none', () => {
    const types = { from: 'catalog', names: ['z9.huge'] };
    expect(solve([nodeClass, pool(), pod('a', { cpu: '1' })], types).result.errors).toEqual({ 'default/a': 'no-templates' });
  });

  test('amounts that are none are said, and the pod asks for nothing', () => {
    const { problems, result } = solve([nodeClass, pool(), pod('a', { cpu: 'lots' })]);
    expect(problems).toEqual(['objects[2].spec.containers[0].resources.requests.cpu is not a quantity']);
    expect(result.nodeClaims).toHaveLength(1);
  });

  test.each([['-4'], ['1e30'], ['0'], ['123456789012345678901234567890']])('%s of cpu ends', (cpu) => {
    const { result } = solve([nodeClass, pool(), pod('a', { cpu })]);
    expect(Object.keys(result.errors).length + result.nodeClaims.length).toBe(1);
  });

  test('affinities in a circle end in an error', () => {
    const near = (app: string) => ({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } } },
          ],
        },
      },
    });
    const named = (name: string, other: string) => ({
      ...pod(name, { cpu: '1' }, near(other)),
      metadata: { name, labels: { app: name } },
    });
    expect(solve([nodeClass, pool(), named('a', 'b'), named('b', 'a')]).result.errors).toEqual({
      'default/a': 'topology',
      'default/b': 'topology',
    });
  });

  test('a value that is no scenario is said', () => {
    expect(readScenario([]).problems).toEqual(['it is not a map']);
    expect(readScenario({ objects: {} }).problems).toEqual(['objects is not a list']);
  });
});

test('twenty thousand equal pods all find a place', { timeout: 120_000 }, () => {
  const { scenario } = readScenario({
    objects: [nodeClass, pool(), pod('a', { cpu: '1' })],
    instanceTypes: { names: ['m5.24xlarge'] },
  });
  const [one] = scenario.cluster.pods;
  const pods = Array.from({ length: 20_000 }, (_, index) => ({
    ...one,
    metadata: { ...one?.metadata, name: `a-${index}`, uid: `${index}` },
  }));
  const many = { ...scenario, cluster: { ...scenario.cluster, pods: pods as typeof scenario.cluster.pods } };
  expect(solveScenario(many, catalog, '1.15').newNodeClaims.flatMap((claim) => claim.pods)).toHaveLength(20_000);
});
