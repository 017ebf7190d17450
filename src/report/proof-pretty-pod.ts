import type { AtScale, PodProof, Witness } from '../prover/proof.ts';
import { tellingConflicts } from './conflict-words.ts';
import { labelled, type ProofPage, verdictLine } from './proof-lines.ts';
import { conflictLines } from './proof-pretty-conflict.ts';
import { humanAmount, unitOf } from './proof-units.ts';
import { atScaleText, whyNot, witnessText } from './proof-words.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';
import { shownArithmetic, sums } from './witness-sums.ts';

/** Where a pod runs, with the calculation; or what keeps it from every pool; or what is not known. */
export function podBlock(proof: PodProof, page: ProofPage): readonly string[] {
  const { witness, missing, atScale } = proof;
  const { own, nothingRunsOn } = tellingConflicts(proof, page.proof);
  return [
    verdictLine(proof, page),
    ...(witness ? witnessLines(witness, page) : []),
    ...(witness ? whyNotLines(proof) : []),
    ...conflictLines(own, page),
    ...nothingRunsOn.map((pool) => `  ${page.colors.strong(visible(`pool ${pool}:`))} nothing runs on it, as told above`),
    ...missing.map(({ says }) => labelled('not known', says)),
    ...(atScale ? scaleLines(atScale, page) : []),
  ];
}

function whyNotLines(proof: PodProof): readonly string[] {
  const { reasons, others } = whyNot(proof);
  return [
    ...reasons.map(({ pools, refusal }) => labelled('not on', `${pools}: ${refusal}`)),
    labelled('', others > 0 ? `nor on ${count(others, 'other')}` : ''),
  ];
}

function witnessLines(witness: Witness, { colors }: ProofPage): readonly string[] {
  const { tolerated, satisfied } = witness;
  return [
    labelled('runs on', witnessText(witness)),
    ...tolerated.map((line) => labelled('tolerates', line)),
    ...satisfied.map((line) => labelled('meets', line)),
    ...calculation(witness)
      .map((line) => `    ${visible(line)}`)
      .map(colors.faint),
  ];
}

/** One column of exact amounts for each resource: what a calculator is fed with. */
function calculation(witness: Witness): readonly string[] {
  return shownArithmetic(witness).flatMap(([resource, arithmetic]) => {
    const lines = sums(arithmetic);
    const width = Math.max(...lines.map(({ amount }) => amount.length));
    const said = lines.map(({ amount }) => humanAmount(resource, amount) ?? '');
    const saidWidth = Math.max(...said.map((text) => text.length));
    const unit = unitOf(resource);
    return [
      `${resource}${unit === '' ? '' : `, ${unit}`}`,
      ...lines.map(({ sign, amount, of }, index) =>
        [
          `  ${sign.padEnd(1)} ${amount.padStart(width)}`,
          ...(saidWidth > 0 ? [(said[index] ?? '').padStart(saidWidth)] : []),
          of,
        ].join('  '),
      ),
    ];
  });
}

function scaleLines(atScale: AtScale, { places }: ProofPage): readonly string[] {
  const { from, stops, limits } = atScale;
  return [
    labelled('at scale', `${atScaleText(atScale)} (${where(places.location(from))})`),
    ...stops.map((stop) => labelled('', stop)),
    ...limits.map(({ at, says }) => labelled('', `${where(places.location(at))}: ${says}`)),
  ];
}
