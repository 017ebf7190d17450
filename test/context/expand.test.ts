import { describe, expect, test } from 'vitest';
import { expand } from '../../src/context/expand.ts';

const template = {
  metadata: { labels: { app: 'web', version: 'v1' } },
  spec: { containers: [{ name: 'main', resources: { limits: { cpu: '1' } }, ports: [{ containerPort: 80 }] }] },
};

interface Given {
  readonly kind: string;
  readonly [field: string]: unknown;
}

function made(...objects: readonly Given[]) {
  return expand(objects.map((value) => ({ kind: value.kind, value })));
}

function named(kind: string, spec: object, metadata: object = {}) {
  return { kind, metadata: { name: 'web', ...metadata }, spec };
}

describe('expand', () => {
  test('a Deployment becomes its replicas, pending', () => {
    const { pods } = made(named('Deployment', { replicas: 2, template }));
    expect(pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['default/web-0', 'default/web-1']);
    expect(pods[0]?.status.conditions?.[0]?.reason).toBe('Unschedulable');
    expect(pods[0]?.spec).toBe(pods[1]?.spec);
  });

  test.each([
    ['Deployment', { template }, 1],
    ['StatefulSet', { replicas: 0, template }, 0],
    ['ReplicaSet', { replicas: 3, template }, 3],
    ['ReplicationController', { replicas: 1, template }, 1],
    ['Job', { parallelism: 4, completions: 2, template }, 2],
    ['Job', { parallelism: 4, suspend: true, template }, 0],
    ['CronJob', { jobTemplate: { spec: { parallelism: 2, template } } }, 2],
    ['CronJob', { suspend: true, jobTemplate: { spec: { template } } }, 1],
  ])('%s %j makes %i pods', (kind, spec, count) => {
    expect(made(named(kind, spec)).pods).toHaveLength(count);
  });

  test('requests are filled from limits, protocols with TCP', () => {
    const [pod] = made(named('Deployment', { template })).pods;
    const [container] = pod?.spec.containers ?? [];
    expect(container?.resources?.requests).toEqual({ cpu: '1' });
    expect(container?.ports?.[0]?.protocol).toBe('TCP');
  });

  test('the host network takes container ports as its own', () => {
    const spec = { ...template.spec, hostNetwork: true };
    const [pod] = made(named('Deployment', { template: { ...template, spec } })).pods;
    expect(pod?.spec.containers?.[0]?.ports?.[0]?.hostPort).toBe(80);
  });

  test('a LimitRange gives what a container does not say', () => {
    const limits = [
      { type: 'Container', default: { memory: '1Gi', cpu: '2' }, defaultRequest: { memory: '512Mi' } },
      { type: 'Pod', max: { cpu: '9' } },
    ];
    const { pods } = made({ kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits } }, named('Deployment', { template }));
    expect(pods[0]?.spec.containers?.[0]?.resources?.requests).toEqual({ cpu: '1', memory: '512Mi' });
  });

  test('a RuntimeClass adds overhead, selector and tolerations', () => {
    const scheduling = { nodeSelector: { sandbox: 'yes' }, tolerations: [{ key: 'sandbox', operator: 'Exists' }] };
    const runtime = { kind: 'RuntimeClass', metadata: { name: 'kata' }, overhead: { podFixed: { cpu: '250m' } }, scheduling };
    const spec = { ...template.spec, runtimeClassName: 'kata' };
    const [pod] = made(runtime, named('Deployment', { template: { ...template, spec } })).pods;
    expect(pod?.spec.overhead).toEqual({ cpu: '250m' });
    expect(pod?.spec.nodeSelector).toEqual({ sandbox: 'yes' });
    expect(pod?.spec.tolerations?.map(({ key }) => key)).toEqual([
      'sandbox',
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
  });

  test('label keys of an affinity term become expressions', () => {
    const term = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } }, matchLabelKeys: ['version', 'absent'] };
    const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const [pod] = made(named('Deployment', { template: { ...template, spec: { ...template.spec, affinity } } })).pods;
    const [own] = pod?.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    expect(own?.labelSelector?.matchExpressions).toEqual([{ key: 'version', operator: 'In', values: ['v1'] }]);
  });

  test('a StatefulSet brings a claim for each of its pods', () => {
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: { storageClassName: 'gp3' } }];
    const { pods, persistentVolumeClaims } = made(named('StatefulSet', { replicas: 2, template, volumeClaimTemplates }));
    expect(persistentVolumeClaims.map(({ metadata }) => metadata.name)).toEqual(['data-web-0', 'data-web-1']);
    expect(pods[1]?.spec.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-1' } }]);
  });

  test('pods in view stand for the workload that made them', () => {
    const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
    const pod = (kind: string, name: string) => ({ kind: 'Pod', metadata: { name: 'p', ...owner(kind, name) }, spec: {} });
    expect(made(named('Deployment', { replicas: 5, template }), pod('ReplicaSet', 'web-5d8f')).pods).toHaveLength(1);
    expect(made(named('StatefulSet', { replicas: 5, template }), pod('StatefulSet', 'web')).pods).toHaveLength(1);
    expect(made(named('StatefulSet', { replicas: 5, template }), pod('StatefulSet', 'other')).pods).toHaveLength(6);
  });

  test('what a workload in view has made is not expanded beside it', () => {
    const replicaSet = named(
      'ReplicaSet',
      { replicas: 3, template },
      { name: 'web-1', ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }] },
    );
    expect(made(named('Deployment', { replicas: 3, template }), replicaSet).pods).toHaveLength(3);
    expect(made(replicaSet).pods).toHaveLength(3);
  });

  test('what cannot be read is said', () => {
    const spec = { containers: [{ resources: { requests: { cpu: 'much' } } }] };
    expect(made(named('Deployment', { template: { spec } })).problems).toEqual([
      'Deployment web: spec.template.spec.containers[0].resources.requests.cpu is not a quantity',
    ]);
  });

  test.each([
    ['Deployment', { replicas: -3, template }, 'spec.replicas'],
    ['Job', { parallelism: -1, template }, 'spec.parallelism'],
    ['Job', { parallelism: 2, completions: -1, template }, 'spec.completions'],
  ])('%s %j makes no pods and says why', (kind, spec, field) => {
    const { pods, problems } = made(named(kind, spec));
    expect(pods).toEqual([]);
    expect(problems).toEqual([`${kind} web: ${field} is not a number of 0 or more`]);
  });
});
