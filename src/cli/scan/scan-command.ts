import { resources } from '../../../webhook/cluster/access.ts';
import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { isKarpenters } from '../../document/objects.ts';
import { groupBy } from '../../report/group-by.ts';
import { policyReports, type ReportApi } from '../../report/policy-report.ts';
import { clusterFacts, unknownKarpenter } from '../cluster/cluster-facts.ts';
import { insistent } from '../cluster/insistent.ts';
import { openCluster, orSaying } from '../cluster/open-cluster.ts';
import { type ClusterContents, readCluster } from '../cluster/read-cluster.ts';
import { openBaseline } from '../lint/baseline-file.ts';
import { type Judged, judgeDocuments } from '../lint/judge-documents.ts';
import { type Output, outputsFrom, print } from '../lint/outputs.ts';
import type { Plan } from '../lint/plan.ts';
import { progress } from '../lint/progress.ts';
import { reportOf } from '../lint/report-of.ts';
import type { ExitCode, Shell } from '../shell.ts';
import type { ScanFlags } from './scan-flags.ts';
import { type ScanConfig, scanConfig, scanPlan } from './scan-plan.ts';
import { isIn, type Shard, shardFrom, shardName } from './shard.ts';
import { servedReportApi, writeReports } from './write-reports.ts';

/** `poolproof scan`: the rules of `lint` over what stands in a cluster. */
export async function scanCommand(flags: ScanFlags, shell: Shell): Promise<ExitCode> {
  const config = await scanConfig(flags, shell);
  const shard = shardFrom(flags.shard);
  const api = insistent(await openCluster(flags, shell));
  // What is wrong with flags and configuration is said before the cluster is asked for anything.
  const { format } = scanPlan(config, {}, flags, api.context, shell).settings;
  const outputs = outputsFrom(format === undefined ? undefined : [format].flat(), shell);
  return orSaying(scan({ flags, shell, config, shard, api, outputs }));
}

interface Scan {
  readonly flags: ScanFlags;
  readonly shell: Shell;
  readonly config: ScanConfig;
  readonly shard: Shard | undefined;
  readonly api: ApiServer;
  readonly outputs: readonly Output[];
}

async function scan({ flags, shell, config, shard, api, outputs }: Scan): Promise<ExitCode> {
  const reportApi = flags.writeReports ? await servedReportApi(api) : undefined;
  const cluster = await readWithProgress(api, shell);
  const said = await clusterFacts(api, cluster);
  const plan = scanPlan(config, said, flags, api.context, shell);
  const unknown = unknownKarpenter(cluster.objects);
  if (unknown !== undefined && !isSaid(plan, config))
    shell.stderr.write(
      `poolproof: Karpenter ${unknown} runs there, which is not known: judged as ${plan.settings.karpenterVersion}\n`,
    );
  const { accepted } = await openBaseline(plan.settings.baseline, flags, shell);
  const all = await judgeDocuments({ documents: cluster.documents, before: undefined, baseline: accepted }, plan);
  const judged: Judged = { ...all, diagnostics: all.diagnostics.filter(({ file }) => isIn(shard, file)) };
  const documents = cluster.documents.filter(({ source }) => isIn(shard, source.file));
  const loaded = { documents, files: 0, foreignFiles: 0, notChecked: cluster.notChecked };
  await print(reportOf(loaded, judged, plan, flags.showSuppressed === true), outputs, shell);
  if (reportApi) await report({ ...cluster, documents }, judged, { api, reportApi, shard, shell });
  return verdict(judged, cluster, shell);
}

async function readWithProgress(api: ApiServer, shell: Shell): Promise<ClusterContents> {
  let now = '';
  const bar = progress(shell, () => now);
  const cluster = await readCluster(api, (objects, kind) => {
    now = `read ${objects} objects of the cluster, now ${kind}`;
    bar.show(0, 0);
  });
  bar.clear();
  return cluster;
}

interface Reporting {
  readonly api: ApiServer;
  readonly reportApi: ReportApi;
  readonly shard: Shard | undefined;
  readonly shell: Shell;
}

async function report({ documents }: ClusterContents, { diagnostics }: Judged, to: Reporting): Promise<void> {
  const { api, reportApi, shard, shell } = to;
  const objects = documents.flatMap((document) => document.objects);
  const ours = objects.filter(({ apiVersion, kind }) => isKarpenters(apiVersion, kind));
  const judged = new Map(
    Array.from(
      groupBy(ours, ({ kind }) => kind),
      ([kind, found]) => [kind, found.length] as const,
    ),
  );
  const reports = policyReports({ diagnostics, judged, api: reportApi, shard: shard && shardName(shard) });
  const { created, updated, unchanged, deleted } = await writeReports(api, reportApi, reports, shard);
  shell.stderr.write(
    `poolproof: ${reportApi.resource}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${deleted} deleted\n`,
  );
}

/** As `lint`: without a look at Karpenter's own kinds there is no verdict. */
function verdict({ diagnostics, failing }: Judged, { notChecked }: ClusterContents, { stderr }: Shell): ExitCode {
  const owed = notChecked.filter(({ file }) => karpenters.has(file));
  if (owed.length > 0) {
    stderr.write(`poolproof: could not be judged: ${owed.map(({ file }) => file).join(', ')}\n`);
    return 2;
  }
  return diagnostics.some((diagnostic) => failing.has(diagnostic)) ? 1 : 0;
}

const karpenters: ReadonlySet<string> = new Set(resources.karpenter.map(({ kind }) => `cluster/${kind}`));

/** Whether somebody says which Karpenter to judge by. */
function isSaid({ sources }: Plan, { config }: ScanConfig): boolean {
  return [sources.flags, sources.environment, config.value].some((source) => source?.karpenterVersion !== undefined);
}
