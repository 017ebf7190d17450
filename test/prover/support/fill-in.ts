import type { Catalog } from '../../../src/catalog/catalog.ts';
import { withTypes } from '../../../src/catalog/type-table.ts';
import { type Random, random } from '../../oracle/algebra/random.ts';
import { fleetZones, type Manifest } from './random-fleet.ts';

export interface Filled {
  readonly manifests: readonly Manifest[];
  readonly catalog: Catalog;
}

/** What was not in view, as it may turn out: each seed another truth. */
export function fillIn(manifests: readonly Manifest[], catalog: Catalog, seed: number): Filled {
  const r = random(seed);
  const known = new Set(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const classes = ['first', 'second'].filter((name) => !known.has(`EC2NodeClass ${name}`)).map((name) => hiddenClass(r, name));
  const storage = hiddenStorage(r).filter(({ kind, metadata }) => !known.has(`${kind} ${metadata.name}`));
  const imaged = new Map<string, string>();
  const shown = [...manifests, ...classes].map((one) => {
    if (one.kind !== 'EC2NodeClass') return one;
    if (one.spec.amiSelectorTerms.some(({ id }: { readonly id?: string }) => id))
      imaged.set(one.metadata.name, r.pick(['amd64', 'arm64']));
    return one.status ? one : { ...one, status: { subnets: subnets(r) } };
  });
  return {
    manifests: [...shown.map((one) => withImages(one, imaged)), ...storage],
    catalog: withNewTypes(r, withSpotSomewhere(r, catalog)),
  };
}

function subnets(r: Random): readonly object[] {
  const zones = [...fleetZones, 'us-east-1f'].filter(() => r.percent(40));
  return (zones.length > 0 ? zones : [r.pick(fleetZones)]).map((zone) => ({ id: `subnet-${zone}`, zone }));
}

function hiddenClass(r: Random, name: string): Manifest {
  const kubelet = r.pick([
    {},
    { maxPods: 1 + r.integer(4) },
    { kubeReserved: { cpu: '2', memory: '8Gi' } },
    { evictionHard: { 'memory.available': '100%' } },
  ]);
  const spec = {
    role: 'node',
    amiSelectorTerms: [{ alias: r.pick(['al2023@latest', 'bottlerocket@latest', 'windows2022@latest']) }],
    kubelet,
  };
  return { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name }, spec };
}

function hiddenStorage(r: Random): readonly Manifest[] {
  const where = { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [r.pick(fleetZones)] }] };
  const claim = (name: string, spec: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'done' } },
    spec,
  });
  return [
    claim('bound', { volumeName: 'volume' }),
    claim('made', { storageClassName: 'late' }),
    claim('nowhere', { volumeName: 'volume' }),
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'volume' },
      spec: { csi: { driver: 'ebs.csi.aws.com' }, nodeAffinity: { required: { nodeSelectorTerms: [where] } } },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'late' },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ];
}

/** A class with images of one architecture launches nothing of the other. */
function withImages(one: Manifest, imaged: ReadonlyMap<string, string>): Manifest {
  const arch = one.kind === 'NodePool' ? imaged.get(one.spec.template.spec.nodeClassRef.name) : undefined;
  if (!arch) return one;
  const { template } = one.spec;
  const requirements = [...template.spec.requirements, { key: 'kubernetes.io/arch', operator: 'In', values: [arch] }];
  return { ...one, spec: { ...one.spec, template: { ...template, spec: { ...template.spec, requirements } } } };
}

function withSpotSomewhere(r: Random, catalog: Catalog): Catalog {
  const zones = new Map(fleetZones.filter(() => r.percent(60)).map((zone) => [zone, 0.01]));
  const types = catalog.types.names.filter(() => r.percent(60));
  return { ...catalog, spotPrices: new Map([['us-east-1', new Map(types.map((name) => [name, zones]))]]) };
}

/** Types that manifests name and that the catalog did not know. */
function withNewTypes(r: Random, catalog: Catalog): Catalog {
  const cells = {
    standing: 'documented',
    arch: 'amd64',
    vcpus: String(r.pick([2, 96])),
    memoryMib: '786432',
    hypervisor: 'nitro',
  };
  const names = ['m98.large', 'm99.large'].filter(() => r.percent(70));
  return { ...catalog, types: withTypes(catalog.types, new Map(names.map((name) => [name, cells]))) };
}
