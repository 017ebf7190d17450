import { type Resource, resources } from '../../../webhook/cluster/access.ts';
import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { digText } from '../../../webhook/cluster/dig.ts';
import { kept } from '../../../webhook/cluster/kept.ts';
import { listServed, type Refusal } from '../../../webhook/cluster/list-all.ts';
import type { Document, NotChecked } from '../../document/document.ts';
import { fromObject } from '../../document/from-object.ts';
import { UsageError } from '../usage-error.ts';

/** What a cluster holds, as far as it may be read. */
export interface ClusterContents {
  readonly objects: readonly unknown[];
  readonly documents: readonly Document[];
  /** Kinds that may not be read. */
  readonly notChecked: readonly NotChecked[];
}

/** Called as objects come in, so that an edge can show how far it is. */
export type OnRead = (objects: number, kind: string) => void;

const PAGE = 500;

/** Reads every kind that bears on Karpenter, page by page. */
export async function readCluster(api: ApiServer, onRead: OnRead): Promise<ClusterContents> {
  const objects: unknown[] = [];
  const notChecked: NotChecked[] = [];
  let read = 0;
  for (const resource of resources.workloads) {
    const keep = (items: readonly unknown[], version: string): readonly unknown[] => {
      read += items.length;
      onRead(read, resource.kind);
      return items.flatMap((item) => kept(item, resource, version) ?? []);
    };
    const listed = await listServed(api, resource, { page: PAGE, keep });
    if ('refused' in listed) notChecked.push(...absent(resource, listed.refused));
    else for (const object of listed.items) objects.push(object);
  }
  return { objects, documents: objects.map((object) => fromObject(object, fileOf(object))), notChecked };
}

function absent({ kind, resource, isAddOn }: Resource, { status, message }: Refusal): readonly NotChecked[] {
  if (status === 403) return [{ file: `cluster/${kind}`, reason: 'forbidden', detail: message }];
  if (status !== 404) throw new UsageError(`the cluster does not list its ${resource}: ${message}`);
  if (kind === 'NodePool') throw new UsageError('this cluster has no NodePools: Karpenter is not installed in it');
  return isAddOn ? [] : [{ file: `cluster/${kind}`, reason: 'forbidden', detail: `${resource} are not served` }];
}

/** What stands for the file of an object that has none: `cluster/NodePool/gpu`, `cluster/Deployment/shop/web`. */
function fileOf(object: unknown): string {
  const parts = [['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map((path) => digText(object, ...path));
  return ['cluster', ...parts.filter((part) => part !== undefined)].join('/');
}
