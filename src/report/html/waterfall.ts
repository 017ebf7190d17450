import type { PoolProof } from '../../prover/proof.ts';
import { type Places, type ProofReport, placesIn } from '../proof-report.ts';
import { byVerdict, diversityText, offeringText, overlapTexts, reachText } from '../proof-words.ts';
import { where } from '../where.ts';
import { html, type Markup } from './markup.ts';
import { type Section, shareBar, verdictChip } from './pieces.ts';

/** Pools whose waterfall is open from the start. */
const OPEN = 6;

/** How each requirement of a pool narrows what it may launch, step by step. */
export function waterfall({ proof, documents }: ProofReport): Section | undefined {
  if (proof.pools.length === 0) return undefined;
  const places = placesIn(documents);
  const pools = proof.pools.toSorted(byVerdict).map((pool, index) => {
    const steps = stepTable(pool, places);
    return html`<article class="panel"><div class="head"><h3>${pool.name}</h3> ${verdictChip(pool.verdict)} <span class="aside">${reachText(pool)}</span></div><details${index < OPEN && html` open`}><summary>Step by step<span class="hidden"> for ${pool.name}</span></summary>${steps}${facts(pool, places)}</details></article>`;
  });
  return { id: 'narrowing', title: 'How requirements narrow', body: html`${pools}` };
}

function stepTable({ name, instanceTypes }: PoolProof, places: Places): Markup {
  const { narrowing } = instanceTypes;
  const most = Math.max(1, ...narrowing.map(({ left }) => left));
  const rows = narrowing.map(({ at, says, left }, index) => {
    const before = narrowing[index - 1]?.left ?? left;
    return html`<tr><th scope="row">${says}<br><code class="where">${where(places.location(at))}</code></th><td class="bar">${shareBar(left / most, before / most)}</td><td class="number">${left}</td></tr>`;
  });
  return html`<table class="steps"><caption>Instance types that ${name} may launch</caption><thead><tr><th scope="col">Demand</th><th scope="col" class="bar"><span class="hidden">Share that is left</span></th><th scope="col" class="number">Left</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function facts(pool: PoolProof, places: Places): Markup {
  const { cheapest, median, dearest, diversity, minValues, overlaps } = pool;
  const prices = [
    { term: 'Cheapest', of: cheapest },
    { term: 'Median', of: median },
    { term: 'Dearest', of: dearest },
  ].flatMap(({ term, of }) => (of ? [html`<dt>${term}</dt><dd>${offeringText(of)}</dd>`] : []));
  const kept = minValues.map(
    ({ at, key, wanted, left }) =>
      html`<dt>minValues</dt><dd>${key}: ${wanted} wanted, ${left} left <code class="where">${where(places.location(at))}</code></dd>`,
  );
  const shared = overlapTexts(overlaps).map((text) => html`<dt>Overlap</dt><dd>${text}</dd>`);
  return html`<dl class="more">${prices}<dt>Diversity</dt><dd>${diversityText(diversity)}</dd>${kept}${shared}</dl>`;
}
