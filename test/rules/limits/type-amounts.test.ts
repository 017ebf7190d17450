import { expect, test } from 'vitest';
import { typeAmounts } from '../../../rules/limits/type-amounts.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { instanceSets } from '../../../src/context/instance-set.ts';
import { poolRequirements } from '../../../src/context/pool-requirements.ts';
import { allTypes, capacityIn } from '../../../src/context/pool-types.ts';
import { linked } from '../../context/linked.ts';

const catalog = await loadCatalog();

const pool = (name: string, nodeClass: string, family: string): string => `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: ${name} }
spec:
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: ${nodeClass} }
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [${family}] }]
`;
const nodeClass = (name: string, policy: string): string => `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: ${name} }
spec: { amiSelectorTerms: [{ alias: al2023@latest }], instanceStorePolicy: ${policy} }
`;

test('columns of amounts are what each type holds on a node of its class', () => {
  const context = linked(
    [
      ...['m5d', 'g5', 'm5d'].map((family, at) => pool(`p${at}`, at === 2 ? 'raid' : 'plain', family)),
      nodeClass('plain', 'null'),
      nodeClass('raid', 'RAID0'),
    ].join('---'),
  );
  const of = instanceSets(catalog, { karpenter: '1.15', region: undefined, zones: undefined }, context);
  const seen = context.nodePools.map((one) => {
    const set = of(one, poolRequirements(one));
    const types = allTypes(set) ?? [];
    const capacityOf = capacityIn(set, '1.15');
    for (const resource of ['cpu', 'memory', 'nvidia.com/gpu', 'ephemeral-storage', 'none/such']) {
      const { exact, ones } = typeAmounts(set, types, '1.15')(resource);
      expect(exact).toEqual(types.map((type) => capacityOf(type).get(resource)?.amount ?? 0));
      expect(ones).toEqual(exact.map((amount) => Number(amount) / (typeof amount === 'number' ? 1000 : 1e9)));
    }
    return typeAmounts(set, types, '1.15')('ephemeral-storage').exact.join();
  });
  expect(new Set(seen).size).toBe(3);
});
