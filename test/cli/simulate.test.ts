import { expect, test } from 'vitest';
import { poolproof, workspace } from './support/command.ts';

const manifests = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
---
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: main, resources: { requests: { cpu: 500m } } }] } }
`;

test('files, folders and standard input are answered', () => {
  const folder = workspace({ 'all.yaml': manifests });
  const { code, out } = poolproof(['simulate', '--format', 'json', 'all.yaml'], { cwd: folder });
  const { nodeClaims, explain } = JSON.parse(out);
  expect(nodeClaims[0].pods).toEqual(['shop/web-0', 'shop/web-1']);
  expect(explain.assumptions).toContain('the region is eu-west-1, after the zones in view');
  expect(code).toBe(0);
  expect(poolproof(['simulate', '--format', 'json', '-'], { input: manifests }).out).toBe(out);
});

test('pods that find no place are an answer too', () => {
  const { code, out } = poolproof(['simulate', '-'], { input: manifests.replace('500m', '900') });
  expect(out).toContain('2 pending');
  expect(code).toBe(0);
});

test('a scenario is solved as it stands, by the Karpenter that is asked for', () => {
  const objects = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }];
  const scenario = JSON.stringify({ objects, instanceTypes: { from: 'catalog', names: ['z9.huge'] } });
  const { out } = poolproof(['simulate', '--karpenter-version', '1.12', '--format', 'json', '-'], { input: scenario });
  const { errors, explain } = JSON.parse(out);
  expect(errors).toEqual({ 'default/a': 'no-nodepools' });
  expect(explain.problems).toEqual(['the catalog cannot describe the instance type z9.huge']);
  expect(explain.assumptions.at(-1)).toMatch(/^the answer is that of 1\.14; in 1\.12/);
});

test('what cannot be read ends with 2', () => {
  expect(poolproof(['simulate', 'nowhere.yaml']).code).toBe(2);
  expect(poolproof(['simulate', '-'], { input: 'a: [' }).code).toBe(2);
});
