import { describe, expect, test } from 'vitest';
import { resources } from '../../webhook/cluster/access.ts';
import { kept } from '../../webhook/cluster/kept.ts';

const resource = (kind: string) => {
  const found = resources.workloads.find((one) => one.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};
const ownedBy = (kind: string, apiVersion: string) => ({
  metadata: { name: 'x', ownerReferences: [{ kind, apiVersion, controller: true }] },
});

describe('what is held of an object', () => {
  test('apiVersion and kind, which items of a list lack', () => {
    expect(kept({ metadata: { name: 'web' } }, resource('Deployment'), 'v1')).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    });
    expect(kept({ metadata: { name: 'x' } }, resource('Namespace'), 'v1')).toMatchObject({ apiVersion: 'v1', kind: 'Namespace' });
  });

  test('not what was made by something that is read itself', () => {
    expect(kept(ownedBy('ReplicaSet', 'apps/v1'), resource('Pod'), 'v1')).toBeUndefined();
    expect(kept(ownedBy('Node', 'v1'), resource('Pod'), 'v1')).toBeUndefined();
    expect(kept(ownedBy('CronJob', 'batch/v1'), resource('Job'), 'v1')).toBeUndefined();
    expect(kept(ownedBy('Rollout', 'argoproj.io/v1alpha1'), resource('ReplicaSet'), 'v1')).toBeDefined();
    expect(kept(ownedBy('Job', 'batch.volcano.sh/v1'), resource('Pod'), 'v1')).toBeDefined();
  });

  test('not what is finished', () => {
    const job = (type: string, status: string) => ({ metadata: { name: 'x' }, status: { conditions: [{ type, status }] } });
    expect(kept(job('Complete', 'True'), resource('Job'), 'v1')).toBeUndefined();
    expect(kept(job('Failed', 'False'), resource('Job'), 'v1')).toBeDefined();
    expect(kept({ metadata: { name: 'x' }, status: { phase: 'Succeeded' } }, resource('Pod'), 'v1')).toBeUndefined();
    expect(kept({ metadata: { name: 'x' }, status: { phase: 'Pending' } }, resource('Pod'), 'v1')).toBeDefined();
  });

  test('the status of Karpenter’s kinds only, and of no kind what every write changes', () => {
    const object = {
      metadata: {
        name: 'x',
        resourceVersion: '7',
        managedFields: [{}],
        annotations: { a: 'b', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      },
      status: { resources: { nodes: '3' } },
    };
    expect(kept(object, resource('NodePool'), 'v1')).toEqual({
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: 'x', annotations: { a: 'b' } },
      status: { resources: { nodes: '3' } },
    });
    expect(kept(object, resource('Deployment'), 'v1')).not.toHaveProperty('status');
  });

  test.each([null, 'text', 7, [], undefined])('nothing of %j', (object) => {
    expect(kept(object, resource('Pod'), 'v1')).toBeUndefined();
  });

  test('a key that is the name of a prototype is a key', () => {
    const labels = JSON.parse('{"__proto__":"x"}');
    const held = kept({ metadata: { name: 'x', labels } }, resource('Deployment'), 'v1');
    expect(JSON.stringify(held)).toContain('"__proto__":"x"');
  });
});
