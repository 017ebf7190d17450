import { expect, test } from 'vitest';
import { podNetwork } from '../../src/context/pod-network.ts';
import { workloadsIn } from '../../src/context/workloads.ts';
import { linked } from './linked.ts';

const plugin = (environment: string): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: aws-node, namespace: kube-system }
spec: { template: { spec: { containers: [{ name: aws-node, env: [${environment}] }] } } }
`;

test('a plugin in view says what it does, and what it does not set is off', () => {
  const context = linked(plugin('{ name: ENABLE_PREFIX_DELEGATION, value: "true" }'));
  expect(podNetwork({}, workloadsIn(context))).toEqual({
    plugin: 'amazon-vpc-cni',
    prefixDelegation: true,
    customNetworking: false,
    podEni: false,
  });
});

test('the configuration wins over what is seen', () => {
  const context = linked(plugin(''));
  const cni = { type: 'other', prefixDelegation: true };
  expect(podNetwork({ cni }, workloadsIn(context))).toMatchObject({ plugin: 'other', prefixDelegation: true });
});

test('a value from elsewhere is not known', () => {
  const context = linked(plugin('{ name: ENABLE_POD_ENI, valueFrom: { configMapKeyRef: { name: a, key: b } } }'));
  expect(podNetwork({}, workloadsIn(context)).podEni).toBeUndefined();
});

test('without a plugin in view nothing is known', () => {
  expect(podNetwork({}, [])).toEqual({
    plugin: undefined,
    prefixDelegation: undefined,
    customNetworking: undefined,
    podEni: undefined,
  });
});
