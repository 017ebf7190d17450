import { expect, test } from 'vitest';
import { poolproof, spawned, workspace } from './support/command.ts';

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

test('files, folders and standard input are answered', async () => {
  const folder = workspace({ 'all.yaml': manifests });
  const { code, out } = await poolproof(['simulate', '--format', 'json', 'all.yaml'], { cwd: folder });
  const { nodeClaims, explain } = JSON.parse(out);
  expect(nodeClaims[0].pods).toEqual(['shop/web-0', 'shop/web-1']);
  expect(explain.assumptions).toContain('the region is eu-west-1, after the zones in view');
  expect(code).toBe(0);
  expect(spawned(['simulate', '--format', 'json', '-'], { input: manifests }).out).toBe(out);
});

test('pods that find no place are an answer too', () => {
  const { code, out } = spawned(['simulate', '-'], { input: manifests.replace('500m', '900') });
  expect(out).toContain('2 pending');
  expect(code).toBe(0);
});

test('a scenario is solved as it stands, by the Karpenter that is asked for', () => {
  const objects = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }];
  const scenario = JSON.stringify({ objects, instanceTypes: { from: 'catalog', names: ['z9.huge'] } });
  const { out } = spawned(['simulate', '--karpenter-version', '1.12', '--format', 'json', '-'], { input: scenario });
  const { errors, explain } = JSON.parse(out);
  expect(errors).toEqual({ 'default/a': 'no-nodepools' });
  expect(explain.problems).toEqual(['the catalog cannot describe the instance type z9.huge']);
  expect(explain.assumptions.at(-1)).toMatch(/^the answer is that of 1\.14; in 1\.12/);
});

test('what cannot be read ends with 2', async () => {
  expect((await poolproof(['simulate', 'nowhere.yaml'])).code).toBe(2);
  expect(spawned(['simulate', '-'], { input: 'a: [' }).code).toBe(2);
});

const overlay = `
---
apiVersion: karpenter.sh/v1alpha1
kind: NodeOverlay
metadata: { name: dear-made-cheap }
spec:
  price: "0.0001"
  requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.24xlarge] }]
`;
const firstType = (out: string): string => JSON.parse(out).nodeClaims[0].instanceTypes[0];

test('overlays count if the gate is open, by flag or by values of the chart', async () => {
  const folder = workspace({
    'all.yaml': manifests + overlay,
    'values.yaml': 'settings: { featureGates: { nodeOverlay: true } }\n',
  });
  const ask = async (...more: readonly string[]) =>
    await poolproof(['simulate', '--format', 'json', 'all.yaml', ...more], { cwd: folder });
  expect(firstType((await ask()).out)).not.toBe('m5.24xlarge');
  expect(JSON.parse((await ask()).out).explain.assumptions).toContain(
    'NodeOverlays are off, as their feature gate is by default',
  );
  expect(firstType((await ask('--feature-gates', 'NodeOverlay=true')).out)).toBe('m5.24xlarge');
  expect(firstType((await ask('values.yaml')).out)).toBe('m5.24xlarge');
  expect(firstType((await ask('values.yaml', '--feature-gates', 'NodeOverlay=false')).out)).not.toBe('m5.24xlarge');
  expect(await ask('--feature-gates', 'NodeOverlays=true')).toMatchObject({ code: 2 });
  expect(await ask('--feature-gates', 'NodeOverlay')).toMatchObject({ code: 2 });
});

test('overlays that do nothing are named', () => {
  const input = `${manifests}${overlay}${overlay.replace('dear-made-cheap', 'again')}`;
  const { out } = spawned(['simulate', '--format', 'json', '--feature-gates', 'NodeOverlay=true', '-'], { input });
  const why = 'NodeOverlay again does nothing: it is in conflict with another of the same weight';
  expect(JSON.parse(out).explain.assumptions).toContain(why);
});

test('one cluster of several is answered for', async () => {
  const config = 'clusters:\n  - { name: east, paths: [east/**] }\n  - { name: west, paths: [west/**] }\n';
  const folder = workspace({
    'poolproof.yaml': config,
    'east/all.yaml': manifests,
    'west/all.yaml': manifests.replace('web', 'api'),
  });
  const none = await poolproof(['simulate', 'east', 'west'], { cwd: folder });
  expect(none.code).toBe(2);
  expect(none.err).toContain('--cluster (east, west)');
  const { out } = await poolproof(['simulate', '--format', 'json', '--cluster', 'west', 'east', 'west'], { cwd: folder });
  expect(JSON.parse(out).nodeClaims.flatMap(({ pods }: { pods: string[] }) => pods)).toEqual(['shop/api-0', 'shop/api-1']);
  expect((await poolproof(['simulate', '--cluster', 'north', 'east'], { cwd: folder })).code).toBe(2);
});

test('what was not read as it stands is named with its place, and is no part of a silent answer', async () => {
  const folder = workspace({
    'all.yaml': manifests,
    'template.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n',
    'twice.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nmetadata: { name: b }\n',
  });
  const { code, out } = await poolproof(['simulate', '--format', 'json', '.'], { cwd: folder });
  const { problems } = JSON.parse(out).explain;
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/^template\.yaml:4:9: /);
  expect(problems[1]).toMatch(/^twice\.yaml:4:1: /);
  expect(code).toBe(0);
});

test('a text that cannot be read is refused at its line', () => {
  const broken = `${manifests}---\na: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n`;
  const { code, out, err } = spawned(['simulate', '-'], { input: broken });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/:\d+:1: an unresolved merge conflict/);
});
