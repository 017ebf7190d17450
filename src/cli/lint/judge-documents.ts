import type { Catalog } from '../../catalog/catalog.ts';
import { clustersOf } from '../../config/clusters-of.ts';
import type { Cluster } from '../../config/config.ts';
import { policyOf } from '../../config/policy-of.ts';
import { type Settings, settingsFrom } from '../../config/settings.ts';
import { sharedSettings, targetOf } from '../../config/target-of.ts';
import { judgeWith, kindsIn } from '../../context/judge.ts';
import type { Diagnostic, Severity } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { isKarpenters } from '../../document/objects.ts';
import type { Skipped } from '../../lint/triage.ts';
import { loadSchemas } from '../../model/schema/load.ts';
import { awsFactsFor } from './aws-facts-for.ts';
import { catalogFor } from './catalog-for.ts';
import { expressionsFor } from './expressions-for.ts';
import { mergeClusters, type Part } from './merge-clusters.ts';
import { needsOf } from './needs.ts';
import type { Plan } from './plan.ts';
import { proverFor } from './prover-for.ts';
import { lintOrBlame } from './rule-crash.ts';

/** What the rules said. */
export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly Skipped[];
  readonly catalogAsOf: string | undefined;
  /** Those at or above the severity at which their cluster fails. */
  readonly failing: ReadonlySet<Diagnostic>;
}

export interface Question {
  readonly documents: readonly Document[];
  /** The same before a change. */
  readonly before: readonly Document[] | undefined;
  /** Accepted findings by fingerprint, with their reasons. */
  readonly baseline: ReadonlyMap<string, string>;
}

/** Judges documents, cluster by cluster where the configuration knows several. */
export async function judgeDocuments(question: Question, plan: Plan): Promise<Judged> {
  const parts: Part[] = [];
  for (const group of groupsOf(question, plan))
    parts.push({ cluster: group.name, judged: await judgeGroup(group, question, plan) });
  const [only, ...others] = parts;
  return only && others.length === 0 && only.cluster === undefined ? only.judged : mergeClusters(parts);
}

/** The documents of one cluster. */
interface Group {
  readonly name: string | undefined;
  readonly settings: Settings;
  readonly documents: readonly Document[];
  readonly before: readonly Document[] | undefined;
}

function groupsOf({ documents, before }: Question, plan: Plan): readonly Group[] {
  const { settings, cluster: only, configDocuments } = plan;
  const clusters = settings.clusters ?? [];
  const all = [...configDocuments, ...documents];
  if (clusters.length === 0) return [{ name: undefined, settings, documents: all, before }];

  const members = membership(clusters, plan);
  const named = clusters
    .filter(({ name }) => only === undefined || name === only)
    .map((cluster): Group => {
      const isOurs = ({ source }: Document): boolean => members(source.file).includes(cluster);
      const own = settingsFrom(plan.sources, cluster);
      return { name: cluster.name, settings: own, documents: documents.filter(isOurs), before: before?.filter(isOurs) };
    });
  const isNobodys = ({ source }: Document): boolean => members(source.file).length === 0;
  const rest = [...configDocuments, ...(only === undefined ? documents.filter(isNobodys) : [])];
  return [{ name: undefined, settings, documents: rest, before: before?.filter(isNobodys) }, ...named].filter(
    (group) => group.documents.length > 0 || (group.before?.length ?? 0) > 0,
  );
}

/** Standard input has no path; it belongs to the cluster that was asked for. */
function membership(clusters: readonly Cluster[], { pathOf, cluster: only }: Plan): (file: string) => readonly Cluster[] {
  const ofPath = clustersOf(clusters);
  const known = new Map<string, readonly Cluster[]>();
  return (file) => {
    const found = known.get(file) ?? (file === STDIN ? clusters.filter(({ name }) => name === only) : ofPath(pathOf(file)));
    known.set(file, found);
    return found;
  };
}

/** How standard input is called where nobody gave it a name. */
export const STDIN = '<stdin>';

async function judgeGroup({ settings, documents, before }: Group, { baseline }: Question, plan: Plan): Promise<Judged> {
  const { rules, pathOf, now, timing } = plan;
  const all = [...documents, ...(before ?? [])].flatMap((document) => document.objects);
  const objects = all.filter(({ apiVersion, kind }) => isKarpenters(apiVersion, kind));
  timing.begin('load schemas');
  const target = targetOf(settings);
  const judge = judgeWith(await loadSchemas(target.karpenterMinor, kindsIn(objects)));
  const policy = policyOf(settings, { pathOf, baseline });
  const needs = needsOf(rules, policy);
  const catalog: Catalog | undefined = objects.length > 0 ? await catalogFor(settings, needs) : undefined;
  const expressions = await expressionsFor(objects);
  const proving = await proverFor({ needs, target, objects: all, configDocuments: plan.configDocuments });
  const ruleIds = new Set(rules.map(({ id }) => id));
  const awsFacts = awsFactsFor(settings);
  const shared = sharedSettings(settings);
  const facts = { target, now, settings: shared, ruleIds, catalog, awsFacts, ...expressions, ...proving };
  timing.begin('link');
  const job = { documents, rules, facts, policy, judge, ...(before && { before }) };
  const { diagnostics, skipped } = lintOrBlame(job, (part) => timing.begin(typeof part === 'string' ? part : `rule ${part.id}`));
  timing.begin('report');
  const failing = new Set(diagnostics.filter(({ severity, suppressed }) => !suppressed && isAtLeast(severity, settings.failOn)));
  // Without an object no rule was in want of anything.
  return { diagnostics, failing, skipped: objects.length > 0 ? skipped : [], catalogAsOf: catalog?.asOf };
}

const gravity: readonly Severity[] = ['info', 'warning', 'error'];

function isAtLeast(severity: Severity, least: Severity | 'never'): boolean {
  return least !== 'never' && gravity.indexOf(severity) >= gravity.indexOf(least);
}
