import type { PoolProof } from '../../prover/proof.ts';
import type { ProofReport } from '../proof-report.ts';
import { money } from '../proof-units.ts';
import { byVerdict, hostsText, limitsText, ownPods, tally } from '../proof-words.ts';
import { html, type Markup } from './markup.ts';
import { type Section, scrolled, verdictBar, verdictChip } from './pieces.ts';

/** How it stands at a glance: verdicts in numbers, and a line a pool. */
export function overview({ proof }: ProofReport): Section {
  const pods = ownPods(proof);
  const cards = [card('Pools', proof.pools), card('Workloads', pods)];
  const pools = proof.pools.toSorted(byVerdict);
  return {
    id: 'overview',
    title: 'Overview',
    body: html`<div class="cards">${cards}</div>${pools.length > 0 && table(pools)}`,
  };
}

function card(title: string, items: Parameters<typeof verdictBar>[0]): Markup {
  const [total = '', counts = ''] = tally(items, '').split(': ');
  return html`<div class="card"><p class="figure"><strong>${total.trim().replace(/\D/g, '')}</strong> ${title}</p>${verdictBar(items)}<p>${counts || 'none in view'}</p></div>`;
}

function table(pools: readonly PoolProof[]): Markup {
  const rows = pools.map((pool) => {
    const { name, verdict, instanceTypes, diversity, cheapest, limits } = pool;
    return html`<tr><th scope="row">${name}</th><td>${verdictChip(verdict)}</td><td class="number">${instanceTypes.count}</td><td class="number">${diversity.families}</td><td>${cheapest ? `${cheapest.type}, ${money(cheapest.pricePerHour)}` : '–'}</td><td>${limitsText(limits)}</td><td>${hostsText(pool) || '–'}</td></tr>`;
  });
  return scrolled(
    'Pools',
    html`<table><caption>Pools</caption><thead><tr><th scope="col">Pool</th><th scope="col">Verdict</th><th scope="col" class="number">Types</th><th scope="col" class="number">Families</th><th scope="col">Cheapest</th><th scope="col">Limits</th><th scope="col">Runs</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}
