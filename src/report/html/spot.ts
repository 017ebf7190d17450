import type { ProofReport } from '../proof-report.ts';
import { html } from './markup.ts';
import { type Section, scrolled, shareBar } from './pieces.ts';

/** Among how many kinds of spot capacity each pool can choose: the more, the fewer interruptions and the lower the price. */
export function spot({ proof }: ProofReport): Section | undefined {
  const pools = proof.pools.filter(({ capacityTypes }) => capacityTypes.includes('spot'));
  if (pools.length === 0) return undefined;
  const most = Math.max(1, ...pools.map(({ spotDiversity }) => spotDiversity.offerings));
  const rows = pools.map(
    ({ name, spotDiversity: { families, types, zones, offerings } }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${families}</td><td class="number">${types}</td><td class="number">${zones}</td><td class="bar">${shareBar(offerings / most)}</td><td class="number">${offerings}</td></tr>`,
  );
  const table = html`<table><caption>Spot diversity</caption><thead><tr><th scope="col">Pool</th><th scope="col" class="number">Families</th><th scope="col" class="number">Types</th><th scope="col" class="number">Zones</th><th scope="col"><span class="hidden">Share of the most diverse</span></th><th scope="col" class="number">Types in zones</th></tr></thead><tbody>${rows}</tbody></table>`;
  return { id: 'spot', title: 'Spot diversity', body: scrolled('Spot diversity', table) };
}
