import type { Catalog } from '../../catalog/catalog.ts';
import { targetOf } from '../../config/target-of.ts';
import type { AwsFacts } from '../../context/aws-facts.ts';
import type { Document, NotChecked } from '../../document/document.ts';
import { chartValuesIn, isOn } from '../../model/chart-values.ts';
import { declaredPods } from '../../prover/declared-pods.ts';
import { prover } from '../../prover/prover.ts';
import { type Places, type ProofReport, placesIn } from '../../report/proof-report.ts';
import type { NotCheckedInput } from '../../report/report.ts';
import type { Fixable } from '../fix/fix-rounds.ts';
import type { State } from '../git/change.ts';
import { version } from '../version.ts';
import type { ProvePlan } from './prove-plan.ts';
import { readInputs } from './read-inputs.ts';
import { refusedObjects } from './refused-objects.ts';

/** One state of the inputs, read and proved. */
export interface ProveRun extends Omit<Fixable, 'offers'> {
  readonly report: ProofReport;
  /** Files asked for by name about which nothing could be said. */
  readonly owed: readonly string[];
}

/** What holds for every state of the inputs. */
export interface Proving extends ProvePlan {
  readonly catalog: Catalog;
  readonly awsFacts: AwsFacts | undefined;
  /** The gate as flags say; undefined: as values of the chart in view have it. */
  readonly nodeOverlay: boolean | undefined;
  readonly scale: ProofReport['scale'];
  readonly expired: () => boolean;
}

export async function proveRun(state: State, proving: Proving): Promise<ProveRun> {
  const { plan, settings, catalog, awsFacts, scale, expired, nodeOverlay } = proving;
  const { documents, notRead, problems, owed } = await readInputs(state);
  const { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy } = settings;
  const gate = nodeOverlay ?? gateIn(documents);
  const proof = prover({
    objects: documents.flatMap((document) => document.objects),
    declared: declaredPods(plan.configDocuments),
    facts: {
      karpenterVersion,
      region,
      zones,
      minValuesPolicy,
      preferencePolicy,
      nodeOverlay: gate,
      now: plan.now,
      awsFacts,
      scale,
    },
    catalog,
    expired,
  }).proof();
  const target = targetOf(settings);
  const all = [...plan.configDocuments, ...documents];
  const places = placesIn(all);
  const report: ProofReport = {
    tool: { name: 'poolproof', version },
    target,
    scale,
    catalogAsOf: catalog.asOf,
    proof: {
      ...proof,
      problems: [...problems, ...proof.problems],
      assumptions: [...proof.assumptions, ...(await refusedObjects(documents, target.karpenterMinor))],
    },
    documents: all,
    notRead: notRead.map((each) => located(each, places)),
  };
  return { state, documents, report, owed };
}

function located({ file, span, reason, detail }: NotChecked, places: Places): NotCheckedInput {
  const { range } = places.location({ file, path: [], ...(span && { span }) });
  return { file, ...(range && { range }), reason, detail };
}

/** What values of the Karpenter chart say of the gate; undefined where none does, or several disagree. */
function gateIn(documents: readonly Document[]): boolean | undefined {
  const values = documents.flatMap(chartValuesIn);
  const gates = new Set(values.flatMap(({ featureGates }) => featureGates?.get('nodeOverlay') ?? []).map(isOn));
  return gates.size === 1 ? [...gates][0] : undefined;
}
