import { expect, test } from 'vitest';
import { prove } from './support/prove.ts';

test.each([
  ['Deployment', null],
  ['Deployment', 'text'],
  ['Deployment', { template: null }],
  ['Deployment', { template: { spec: null } }],
  ['CronJob', { jobTemplate: null }],
  ['CronJob', { jobTemplate: { spec: ['list'] } }],
  ['Pod', null],
])('a %s with spec %j is passed over or asked about, and ends no run', async (kind, spec) => {
  const { pods, pools } = await prove([{ apiVersion: 'v1', kind, metadata: { name: 'odd' }, spec }]);
  expect(pools).toEqual([]);
  expect(pods.every(({ verdict }) => verdict !== 'proved')).toBe(true);
});
