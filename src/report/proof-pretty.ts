import type { PodProof, PoolProof, ProofVerdict } from '../prover/proof.ts';
import { fixHint } from './conflict-words.ts';
import { paint } from './paint.ts';
import { type ProofPage, verdictLine } from './proof-lines.ts';
import { podBlock } from './proof-pretty-pod.ts';
import { poolBlock } from './proof-pretty-pool.ts';
import { type ProofReport, placesIn } from './proof-report.ts';
import { byVerdict, ownPods, proofSummary } from './proof-words.ts';
import type { ReportOptions } from './report.ts';
import { count, notCheckedSentence } from './summary.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';
import { wrap } from './wrap.ts';

/** For people: a verdict for each pool and each pod with what it stands on, the gravest first, then what is not known. */
export function proofPretty(report: ProofReport, { color, width }: ReportOptions): string {
  const { proof, documents, notRead } = report;
  const places = placesIn(documents);
  const page: ProofPage = { proof, places, linesOf: places.linesOf, colors: paint(color), width };
  const blocks = [
    ...listed(proof.pools, shownPools, page, poolBlock),
    ...listed(ownPods(proof), shownPods, page, podBlock),
    unknowns(report, page),
    notRead.flatMap((input) => wrap(notCheckedSentence(input), width)),
    proof.problems.flatMap((problem) => wrap(`could not be read as it stands: ${visible(problem)}`, width)),
    wrap(proof.unasked.length > 0 ? `not asked, the time was up: ${visible(proof.unasked.join(', '))}` : '', width),
    proof.assumptions.flatMap((one) => wrap(`assumed: ${visible(one)}`, width).map(page.colors.faint)),
    wrap(fixHint(proof), width),
    wrap(visible(closing(report)), width).map(page.colors.strong),
  ];
  return blocks
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** How many of each verdict are shown with all that stands behind them; the others get a line each. */
const shownPools: Readonly<Record<ProofVerdict, number>> = { refuted: 20, unknown: 10, proved: 5 };
const shownPods: Readonly<Record<ProofVerdict, number>> = { refuted: 20, unknown: 10, proved: 3 };

function listed<T extends PoolProof | PodProof>(
  proofs: readonly T[],
  shown: Readonly<Record<ProofVerdict, number>>,
  page: ProofPage,
  block: (proof: T, page: ProofPage) => readonly string[],
): readonly (readonly string[])[] {
  const seen: Record<ProofVerdict, number> = { refuted: 0, unknown: 0, proved: 0 };
  const full: (readonly string[])[] = [];
  const short: string[] = [];
  for (const proof of proofs.toSorted(byVerdict)) {
    if (++seen[proof.verdict] <= shown[proof.verdict]) full.push(block(proof, page));
    else short.push(verdictLine(proof, page));
  }
  return [...full, short];
}

function unknowns({ proof }: ProofReport, { places, colors }: ProofPage): readonly string[] {
  if (proof.unknowns.length === 0) return [];
  const rows = proof.unknowns.flatMap(({ says, supply, at }) => [
    `  ${at ? `${where(places.location(at))}: ` : ''}${visible(says)}`,
    `    ${colors.faint(visible(`told by ${supply}`))}`,
  ]);
  return [colors.strong(`${count(proof.unknowns.length, 'fact')} would decide what is unknown:`), ...rows];
}

function closing({ proof, target, scale, catalogAsOf }: ProofReport): string {
  return `${proofSummary(proof)} (Karpenter ${target.karpenterVersion}, replicas: ${scale}, catalog of ${catalogAsOf})`;
}
