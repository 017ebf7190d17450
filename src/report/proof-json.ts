import type { Fix } from '../diagnostic/diagnostic.ts';
import type { Conflict, Constraint, LimitHeadroom, Missing, Narrowing, PodProof, PoolProof, Witness } from '../prover/proof.ts';
import type { Place } from '../text/place.ts';
import { type Places, type ProofReport, placesIn } from './proof-report.ts';
import { chained, listText, recordText, SharedText, valueText, type WrittenJson } from './shared-text.ts';

/** The public contract, version 1; `schema/proof.schema.json` holds its shape. What a verdict does not need is left out. */
export function proofJson({ tool, target, scale, catalogAsOf, proof, documents, notRead }: ProofReport): string {
  const places = placesIn(documents);
  const texts = new SharedText();
  const document = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    target: {
      karpenterVersion: target.karpenterVersion,
      region: target.region ?? null,
      zones: target.zones ?? null,
      minValuesPolicy: target.minValuesPolicy,
      preferencePolicy: target.preferencePolicy,
      scale,
      catalog: { asOf: catalogAsOf },
    },
    pools: proof.pools.map((pool) => poolText(pool, places, texts)),
    pods: proof.pods.map((pod) => podText(pod, places, texts)),
    unknowns: proof.unknowns.map((missing) => missingRecord(missing, places)),
    assumptions: proof.assumptions,
    problems: proof.problems,
    unasked: proof.unasked,
    notRead: notRead.map(({ file, range, reason, detail }) => ({ file, range, reason, detail })),
  };
  const entries = Object.entries(document).map(([key, value]) => ` ${JSON.stringify(key)}: ${listed(value)}`);
  return `{\n${chained(entries, ',\n')}\n}\n`;
}

/** A record a line: a fleet's proof is long enough without blanks, and lines can be compared and searched. */
function listed(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n  ${chained(value.map(valueText), ',\n  ')}\n ]`;
}

function poolText(pool: PoolProof, places: Places, texts: SharedText): WrittenJson {
  const { name, at, verdict, instanceTypes, zones, capacityTypes, cheapest, median, dearest } = pool;
  const { diversity, spotDiversity, limits, minValues, overlaps, hosts } = pool;
  return recordText({
    name,
    at: place(at, places),
    verdict,
    instanceTypes: {
      count: instanceTypes.count,
      names: instanceTypes.names,
      narrowing: instanceTypes.narrowing.map((step) => narrowingRecord(step, places)),
    },
    zones,
    capacityTypes,
    cheapest: offering(cheapest),
    median: offering(median),
    dearest: offering(dearest),
    diversity,
    spotDiversity,
    limits: limitsRecord(limits, places),
    minValues: minValues.map(({ at: where, key, wanted, left }) => ({ requirement: place(where, places), key, wanted, left })),
    overlaps,
    hosts: texts.list(hosts.filter(({ verdict: of }) => of !== 'refuted')),
    ...outcome(pool, places, texts),
  });
}

function podText(proof: PodProof, places: Places, texts: SharedText): WrittenJson {
  const { pod, kind, at, replicas, verdict, witness, wouldBe, atScale } = proof;
  const { pool = null, instanceTypes, why } = wouldBe;
  return recordText({
    pod,
    kind,
    at: place(at, places),
    replicas,
    verdict,
    witness: witness && texts.of(witness, witnessRecord),
    ...outcome(proof, places, texts),
    wouldBe: recordText({ pool, instanceTypes: texts.of(instanceTypes), why: texts.list(why) }),
    atScale: atScale && {
      ...atScale,
      from: place(atScale.from, places),
      limits: atScale.limits.map((limit) => constraintRecord(limit, places)),
    },
  });
}

/** What stands behind a verdict that is not `proved`. */
function outcome({ conflicts, missing }: Pick<PoolProof, 'conflicts' | 'missing'>, places: Places, texts: SharedText): object {
  return {
    ...(conflicts.length > 0 && { conflict: conflictTexts(conflicts, places, texts) }),
    ...(missing.length > 0 && { missing: missing.map((each) => missingRecord(each, places)) }),
  };
}

function narrowingRecord({ at, says, left }: Narrowing, places: Places): object {
  return { requirement: place(at, places), says, left };
}

function limitsRecord({ binding, at, nodesThatFit }: LimitHeadroom, places: Places): object {
  return { binding: binding ?? null, ...(at && { at: place(at, places) }), nodesThatFit: nodesThatFit ?? null };
}

function witnessRecord(witness: Witness): object {
  return { ...witness, pricePerHour: witness.pricePerHour ?? null };
}

function offering(priced: PoolProof['cheapest']): object | null {
  return priced ? { ...priced, pricePerHour: priced.pricePerHour ?? null } : null;
}

function conflictTexts(conflicts: readonly Conflict[], places: Places, texts: SharedText): WrittenJson {
  return listText(
    conflicts.map(({ pool, irreducible, constraints, fixes }) =>
      recordText({
        pool,
        irreducible,
        constraints: texts.list(constraints, (constraint) => constraintRecord(constraint, places)),
        fixes: fixes.flatMap((fix) => fixRecord(fix, places)),
      }),
    ),
  );
}

function constraintRecord({ at, says, kind, about }: Constraint, places: Places): object {
  return { ...place(at, places), kind, about, says };
}

/** A fix that no text can hold is not offered. */
function fixRecord(fix: Fix, places: Places): readonly object[] {
  const rendered = places.edits(fix);
  return rendered ? [{ title: rendered.title, safety: rendered.safety, edits: rendered.edits }] : [];
}

function missingRecord({ fact, says, supply, at }: Missing, places: Places): object {
  return { fact, says, supply, ...(at && { at: place(at, places) }) };
}

function place(at: Place, places: Places): object {
  const { file, range, object, path } = places.location(at);
  return { file, range, object, path };
}
