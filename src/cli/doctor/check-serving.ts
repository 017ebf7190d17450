import { dig, digList, digText, isValue } from '../../../webhook/cluster/dig.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import type { Looker } from './looker.ts';

/** The Service through which the API server reaches the webhook. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** Undefined where the webhook is reached by a URL. */
export function serviceOf(entries: readonly unknown[]): ServiceName | undefined {
  for (const entry of entries) {
    const namespace = digText(entry, 'clientConfig', 'service', 'namespace');
    const name = digText(entry, 'clientConfig', 'service', 'name');
    if (namespace !== undefined && name !== undefined) return { namespace, name };
  }
  return undefined;
}

export interface Serving {
  readonly checks: readonly Check[];
  /** The Deployment behind the Service. */
  readonly deployment: unknown;
}

/** Whether anybody is there to answer, and enough of them for what happens where nobody is. */
export async function checkServing(look: Looker, entries: readonly unknown[]): Promise<Serving> {
  const service = serviceOf(entries);
  if (!service)
    return { checks: [ok('webhook-service', 'the webhook is reached by a URL, not through a Service')], deployment: undefined };
  const { namespace, name } = service;
  const found = await look.at(`/api/v1/namespaces/${namespace}/services/${name}`);
  if (found.is === 'hidden')
    return { checks: [unknown('webhook-service', found.why, 'let this account get services')], deployment: undefined };
  if (found.is === 'absent') {
    const check = wrong(
      'webhook-service',
      `there is no Service ${namespace}/${name}: no call arrives`,
      'install the chart again',
    );
    return { checks: [check], deployment: undefined };
  }
  const deployment = await deploymentBehind(look, namespace, dig(found.value, 'spec', 'selector'));
  return { checks: [await endpoints(look, service), ...replicas(deployment, entries)], deployment };
}

async function endpoints(look: Looker, { namespace, name }: ServiceName): Promise<Check> {
  const id = 'webhook-service';
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D${name}`;
  const slices = await look.all(path);
  if (!slices) return unknown(id, 'may not list endpointslices', `let this account list endpointslices in ${namespace}`);
  const ready = slices.flatMap((slice) => digList(slice, 'endpoints')).filter((one) => dig(one, 'conditions', 'ready') !== false);
  if (ready.length > 0) return ok(id, `Service ${namespace}/${name} has ${ready.length} ready endpoints`);
  return wrong(
    id,
    `Service ${namespace}/${name} has no ready endpoint: no call is answered`,
    `kubectl -n ${namespace} get pods; their logs say why`,
  );
}

async function deploymentBehind(look: Looker, namespace: string, selector: unknown): Promise<unknown> {
  const wanted = Object.entries(isValue(selector) ? selector : {});
  const deployments = (await look.all(`/apis/apps/v1/namespaces/${namespace}/deployments`)) ?? [];
  return deployments.find((one) => {
    const labels = dig(one, 'spec', 'template', 'metadata', 'labels');
    return wanted.length > 0 && wanted.every(([key, value]) => dig(labels, key) === value);
  });
}

/** One replica that is restarted is nobody: with `Fail` every change of a pool is then forbidden. */
function replicas(deployment: unknown, entries: readonly unknown[]): readonly Check[] {
  const id = 'webhook-replicas';
  if (deployment === undefined)
    return [unknown(id, 'no Deployment is to be seen behind the Service', 'let this account list deployments there')];
  const number = (...path: readonly string[]): number => Number(dig(deployment, ...path) ?? 0);
  const name = `Deployment ${digText(deployment, 'metadata', 'namespace')}/${digText(deployment, 'metadata', 'name')}`;
  const wanted = Number(dig(deployment, 'spec', 'replicas') ?? 1);
  const ready = number('status', 'readyReplicas');
  const forbids = entries.some((entry) => dig(entry, 'failurePolicy') !== 'Ignore');
  if (forbids && wanted < 2)
    return [
      wrong(
        id,
        `${name} has ${wanted} replica and failurePolicy is Fail: each restart forbids changes`,
        'set replicaCount to 2 or more, or failurePolicy to Ignore',
      ),
    ];
  if (ready < wanted)
    return [
      wrong(
        id,
        `${name}: ${ready} of ${wanted} replicas are ready`,
        `kubectl -n ${digText(deployment, 'metadata', 'namespace')} describe pods`,
      ),
    ];
  return [ok(id, `${name}: ${ready} of ${wanted} replicas are ready, failurePolicy ${forbids ? 'Fail' : 'Ignore'}`)];
}
