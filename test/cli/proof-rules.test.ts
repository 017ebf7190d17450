import { expect, test } from 'vitest';
import { poolproof, workspace } from './support/command.ts';

const pools = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  limits: { cpu: "100" }
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large, m7i.xlarge] }]
---
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec:
  role: nodes
  amiSelectorTerms: [{ alias: al2023@v20250807 }]
  subnetSelectorTerms: [{ tags: { cluster: a } }]
  securityGroupSelectorTerms: [{ tags: { cluster: a } }]
`;
const big = `apiVersion: apps/v1
kind: Deployment
metadata: { name: big }
spec:
  selector: { matchLabels: { app: big } }
  template:
    metadata: { labels: { app: big } }
    spec: { containers: [{ name: big, image: big, resources: { requests: { cpu: "8" } } }] }
`;
const only = ['lint', '--format', 'compact', '--rule', 'sched-unschedulable=error'];

test('a workload without a place is told where all pools are in view', async () => {
  const cwd = workspace({ 'pools.yaml': pools, 'big.yaml': big });
  expect(await poolproof([...only, '--closed-world', '.'], { cwd })).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^big\.yaml:3:19: error: Deployment default\/big can run nowhere: .* \[sched-unschedulable\]$/m),
  });
  expect((await poolproof([...only, '.'], { cwd })).out).not.toContain('sched-unschedulable');
});

test('so is a pod of the configuration, in the configuration', async () => {
  const pods = 'pods:\n  - metadata: { name: big }\n    spec: { containers: [{ resources: { requests: { cpu: "8" } } }] }\n';
  const cwd = workspace({ 'pools.yaml': pools, 'poolproof.yaml': pods });
  expect(await poolproof([...only, '.'], { cwd })).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^poolproof\.yaml:2:5: error: big can run nowhere/m),
  });
});

test('who has nothing to prove does not pay for the prover', async () => {
  const timed = async (files: Readonly<Record<string, string>>, ...more: readonly string[]): Promise<string> =>
    (await poolproof(['lint', '--timing', ...more, '.'], { cwd: workspace(files) })).err;
  expect(await timed({ 'pools.yaml': pools, 'big.yaml': big })).toMatch(/ms {2}prove$/m);
  expect(await timed({ 'pools.yaml': pools })).not.toMatch(/ms {2}prove$/m);
  expect(await timed({ 'pools.yaml': pools, 'big.yaml': big }, '--profile', 'minimal')).not.toMatch(/ms {2}prove$/m);
});
