import type { CSINode } from '../model/cluster/node.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import { claimKey, type Storage } from './storage.ts';

/** Claims in use by CSI driver. */
export type Volumes = ReadonlyMap<string, ReadonlySet<string>>;

export const noVolumes: Volumes = new Map();

const ebsDriver = 'ebs.csi.aws.com';

/** In-tree plugins and the drivers that took their place. */
const translated: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', ebsDriver],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/azure-file', 'file.csi.azure.com'],
  ['kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
]);

/** GetVolumes: what a pod would attach. A claim that is not there is ignored, and so is one whose driver nobody knows. */
export function volumesOf(pod: Pod, storage: Storage): Volumes {
  const volumes = new Map<string, Set<string>>();
  for (const volume of pod.spec.volumes ?? []) {
    const key = claimKey(pod, volume);
    const claim = key === undefined ? undefined : storage.claims.get(key);
    const driver = claim && driverOf(claim, storage);
    if (key === undefined || !driver) continue;
    volumes.set(driver, (volumes.get(driver) ?? new Set()).add(key));
  }
  return volumes;
}

export function unionOfVolumes(a: Volumes, b: Volumes): Volumes {
  if (b.size === 0) return a;
  const union = new Map(a);
  for (const [driver, claims] of b) union.set(driver, new Set([...(a.get(driver) ?? []), ...claims]));
  return union;
}

/** Limits by driver. Until 1.14 a driver that names no count took no volume at all; since 1.15 it takes any number. */
export function attachLimits(node: CSINode | undefined, countRequired: boolean): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const { name = '', allocatable } of node?.spec.drivers ?? []) {
    if (allocatable?.count !== undefined) limits.set(name, allocatable.count);
    else if (allocatable && countRequired) limits.set(name, 0);
  }
  return limits;
}

/** Whether any driver is over its limit; the volumes of the pod that asks need not be among them. */
export function exceedsLimits(volumes: Volumes, limits: ReadonlyMap<string, number>): boolean {
  for (const [driver, limit] of limits) if ((volumes.get(driver)?.size ?? 0) > limit) return true;
  return false;
}

function driverOf({ spec }: PersistentVolumeClaim, storage: Storage): string | undefined {
  if (spec.volumeName) {
    const volume = storage.volumes.get(spec.volumeName)?.spec;
    return volume?.csi ? volume.csi.driver : volume?.awsElasticBlockStore && ebsDriver;
  }
  const provisioner = storage.classes.get(spec.storageClassName ?? '')?.provisioner ?? '';
  return translated.get(provisioner) ?? provisioner;
}
