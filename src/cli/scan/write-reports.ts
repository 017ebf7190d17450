import { isDeepStrictEqual } from 'node:util';
import type { ApiServer, Method } from '../../../webhook/cluster/api-server.ts';
import { dig, digText } from '../../../webhook/cluster/dig.ts';
import { listServed, messageOf } from '../../../webhook/cluster/list-all.ts';
import { MANAGER, type PolicyReport, type ReportApi, reportApis, SHARD } from '../../report/policy-report.ts';
import { UsageError } from '../usage-error.ts';
import { type Shard, shardName } from './shard.ts';

/** What became of the report objects. */
export interface Written {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

/** The first of the report APIs that the cluster serves. */
export async function servedReportApi(api: ApiServer): Promise<ReportApi> {
  for (const served of reportApis) {
    const { status } = await api.request('GET', `${pathOf(served)}?limit=1`);
    if (status === 403) throw new UsageError(`--write-reports: this account may not read ${served.resource}`);
    if (status === 200) return served;
  }
  const names = reportApis.map(({ resource, apiVersion }) => `${resource}.${apiVersion.split('/')[0]}`).join(' nor ');
  throw new UsageError(`--write-reports: the cluster serves neither ${names}; install the CRDs of one of them`);
}

/** Brings the cluster's reports in step with what was found: writes what differs, removes what nobody speaks of any more. */
export async function writeReports(
  api: ApiServer,
  reportApi: ReportApi,
  reports: readonly PolicyReport[],
  shard: Shard | undefined,
): Promise<Written> {
  const path = pathOf(reportApi);
  const there = await existing(api, reportApi);
  const written = { created: 0, updated: 0, unchanged: 0, deleted: 0 };
  for (const report of reports) {
    const former = there.get(report.metadata.name);
    if (former !== undefined && isEqual(former, report)) written.unchanged++;
    else if (former === undefined) {
      await must(api, 'POST', path, report);
      written.created++;
    } else {
      const resourceVersion = digText(former, 'metadata', 'resourceVersion');
      await must(api, 'PUT', `${path}/${report.metadata.name}`, { ...report, metadata: { ...report.metadata, resourceVersion } });
      written.updated++;
    }
  }
  const names = new Set(reports.map(({ metadata }) => metadata.name));
  for (const [name, report] of there) {
    if (names.has(name) || !isOurs(report, shard)) continue;
    await must(api, 'DELETE', `${path}/${name}`, undefined);
    written.deleted++;
  }
  return written;
}

function pathOf({ apiVersion, resource }: ReportApi): string {
  return `/apis/${apiVersion}/${resource}`;
}

const PAGE = 100;

async function existing(api: ApiServer, { apiVersion, resource, kind }: ReportApi): Promise<ReadonlyMap<string, unknown>> {
  const [group = '', version = ''] = apiVersion.split('/');
  const labelSelector = Object.entries(MANAGER)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const listed = await listServed(
    api,
    { kind, group, versions: [version], resource },
    {
      page: PAGE,
      labelSelector,
      keep: (items) => items,
    },
  );
  if ('refused' in listed) throw new UsageError(`--write-reports: cannot list ${resource}: ${listed.refused.message}`);
  return new Map(listed.items.map((item) => [digText(item, 'metadata', 'name') ?? '', item]));
}

function isEqual(former: unknown, report: PolicyReport): boolean {
  const { metadata, summary, results } = report;
  return (
    isDeepStrictEqual(dig(former, 'metadata', 'labels'), metadata.labels) &&
    isDeepStrictEqual(dig(former, 'metadata', 'annotations'), metadata.annotations) &&
    isDeepStrictEqual(dig(former, 'summary'), summary) &&
    isDeepStrictEqual(dig(former, 'results') ?? [], results)
  );
}

/** Other shards of the same count look after their own; what was cut up otherwise nobody does. */
function isOurs(report: unknown, shard: Shard | undefined): boolean {
  const label = digText(report, 'metadata', 'labels', SHARD) ?? 'all';
  if (shard === undefined || label === shardName(shard)) return true;
  return !label.endsWith(`-of-${shard.count}`);
}

async function must(api: ApiServer, method: Method, path: string, body: unknown): Promise<void> {
  const { status, body: answer } = await api.request(method, path, body);
  const isGone = method === 'DELETE' && status === 404;
  if (status >= 300 && !isGone) throw new UsageError(`--write-reports: ${method} ${path}: ${messageOf(answer, status)}`);
}
