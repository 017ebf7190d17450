import type { Arithmetic, PodProof, Witness } from '../../prover/proof.ts';
import { groupBy } from '../group-by.ts';
import type { ProofReport } from '../proof-report.ts';
import { humanAmount, unitOf } from '../proof-units.ts';
import { witnessText } from '../proof-words.ts';
import { shownArithmetic, sums } from '../witness-sums.ts';
import { html, type Markup } from './markup.ts';
import { rounded, type Section } from './pieces.ts';

/** Pods of one pool, and altogether, that are drawn. */
const OF_A_POOL = 6;
const DRAWN = 48;

type Placed = PodProof & { readonly witness: Witness };

/** What one pod takes of the node that it would get: cpu and memory as bars, and the calculation to check. */
export function packing({ proof }: ProofReport): Section | undefined {
  const placed = proof.pods.filter((pod): pod is Placed => pod.witness !== undefined);
  const chosen = [...groupBy(unlike(placed), ({ witness }) => witness.pool).values()].flatMap((own) => own.slice(0, OF_A_POOL));
  if (chosen.length === 0) return undefined;
  const drawn = chosen.slice(0, DRAWN);
  const rest = placed.length - drawn.length;
  return {
    id: 'packing',
    title: 'Pods on real nodes',
    body: html`<ul class="legend">${parts.map(({ name, says }) => html`<li><svg viewBox="0 0 8 8" aria-hidden="true"><rect class="${name}" width="8" height="8"/></svg> ${says}</li>`)}</ul><div class="grid">${drawn.map(panel)}</div>${
      rest > 0 &&
      html`<p>${rest} more pods are proved that are like these or not drawn; the JSON report has the calculation of each.</p>`
    }`,
  };
}

/** Pods that take the same of the same node are shown once. */
function unlike(pods: readonly Placed[]): readonly Placed[] {
  const shape = ({ witness }: Placed): string => JSON.stringify([witness.pool, witness.instanceType, witness.arithmetic]);
  return [...groupBy(pods, shape).values()].flatMap(([first]) => first ?? []);
}

function panel({ pod, kind, witness }: Placed): Markup {
  const bars = ['cpu', 'memory'].flatMap((resource) => {
    const arithmetic = witness.arithmetic[resource];
    return arithmetic ? [bar(resource, arithmetic)] : [];
  });
  return html`<article class="panel"><h3>${pod}${kind !== 'workload' && html` <span class="tag">${kind}</span>`}</h3><p class="aside">${witnessText(witness)}</p>${bars}<details><summary>The calculation<span class="hidden"> for ${pod}</span></summary>${shownArithmetic(witness).map(([resource, of]) => calculation(pod, resource, of))}</details></article>`;
}

const parts = [
  { name: 'overhead', says: 'system and eviction overhead' },
  { name: 'daemons', says: 'DaemonSets' },
  { name: 'request', says: 'this pod' },
  { name: 'left', says: 'left' },
] as const;

function bar(resource: string, { capacity, overhead, daemons, request, left }: Arithmetic): Markup {
  const whole = Number(capacity) || 1;
  const total = (of: typeof overhead): number => of.reduce((sum, { amount }) => sum + Number(amount), 0);
  const amounts = { overhead: total(overhead), daemons: total(daemons), request: Number(request), left: Number(left) };
  let at = 0;
  const rects = parts.map(({ name }) => {
    const width = (100 * amounts[name]) / whole;
    at += width;
    return html`<rect class="${name}" x="${rounded(at - width)}" width="${rounded(width)}" height="8"/>`;
  });
  const share = Math.round((100 * amounts.request) / whole);
  return html`<div class="pack"><span>${resource}</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><span>${share} % of ${humanAmount(resource, capacity) ?? capacity}</span></div>`;
}

function calculation(pod: string, resource: string, of: Arithmetic): Markup {
  const unit = unitOf(resource);
  const columns = ['What', 'Exactly', 'About'].map((title) => html`<th scope="col"><span class="hidden">${title}</span></th>`);
  const rows = sums(of).map(
    ({ sign, amount, of: what }) =>
      html`<tr${sign === '=' && html` class="total"`}><th scope="row">${what}</th><td class="number">${sign} ${amount}</td><td class="number">${humanAmount(resource, amount) ?? ''}</td></tr>`,
  );
  return html`<table class="sum"><caption><span class="hidden">${pod}: </span>${resource}${unit !== '' && `, ${unit}`}</caption><thead class="mute"><tr>${columns}</tr></thead><tbody>${rows}</tbody></table>`;
}
