import type { PoolProof } from '../prover/proof.ts';
import { bar, labelled, type ProofPage, verdictLine } from './proof-lines.ts';
import { conflictLines } from './proof-pretty-conflict.ts';
import { diversityText, hostsText, limitsText, offeringText, overlapTexts, reachText } from './proof-words.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';

/** What a pool can launch, how its requirements narrow that, and what it cannot run. */
export function poolBlock(pool: PoolProof, page: ProofPage): readonly string[] {
  const { cheapest, median, dearest, diversity, spotDiversity, limits, minValues, overlaps, conflicts, missing } = pool;
  const priced = (offering: PoolProof['cheapest']): string => (offering ? offeringText(offering) : '');
  return [
    verdictLine(pool, page),
    labelled('launches', reachText(pool)),
    labelled('cheapest', priced(cheapest)),
    labelled('median', priced(median)),
    labelled('dearest', priced(dearest)),
    labelled('diversity', diversity.offerings > 0 ? diversityText(diversity) : ''),
    labelled('on spot', diversity.offerings > 0 ? diversityText(spotDiversity) : ''),
    labelled('limits', limitsText(limits)),
    ...minValues.map(({ key, wanted, left }) => labelled('minValues', `${key}: ${wanted} wanted, ${left} left`)),
    ...overlapTexts(overlaps).map((text) => labelled('overlaps', text)),
    labelled('runs', hostsText(pool)),
    ...narrowing(pool, page),
    ...conflictLines(conflicts, page),
    ...missing.map(({ says }) => labelled('not known', says)),
  ];
}

function narrowing({ instanceTypes }: PoolProof, { places, colors }: ProofPage): readonly string[] {
  const most = Math.max(1, ...instanceTypes.narrowing.map(({ left }) => left));
  const digits = String(most).length;
  return instanceTypes.narrowing.map(({ at, says, left }, index) => {
    const label = (index === 0 ? 'narrowing' : '').padEnd(11);
    const place = colors.faint(where(places.location(at)));
    return `  ${label}${bar(left / most)} ${String(left).padStart(digits)}  ${visible(says)}  ${place}`;
  });
}
