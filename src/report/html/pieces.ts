import type { ProofVerdict } from '../../prover/proof.ts';
import { verdicts } from '../proof-words.ts';
import { html, type Markup } from './markup.ts';

/** A part of the page with a heading; `id` is what links lead to. Undefined where there is nothing to show. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** A verdict as a word with its sign, so that colour alone says nothing. */
export function verdictChip(verdict: ProofVerdict): Markup {
  return html`<span class="chip ${verdict}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;
}

const signs: Readonly<Record<ProofVerdict, string>> = { refuted: '✕', unknown: '?', proved: '✓' };

/** How many of each verdict, as one bar. A picture only: the numbers stand beside it. */
export function verdictBar(items: readonly { readonly verdict: ProofVerdict }[]): Markup {
  let at = 0;
  const parts = verdicts.map((verdict) => {
    const width = (100 * items.filter((item) => item.verdict === verdict).length) / Math.max(1, items.length);
    at += width;
    return html`<rect class="${verdict}" x="${rounded(at - width)}" width="${rounded(width)}" height="8"/>`;
  });
  return html`<svg class="strip" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

/** A share from 0 to 1 as a bar, before a paler one for what the step before left. */
export function shareBar(share: number, before = 0): Markup {
  const least = share > 0 ? Math.max(share, 0.005) : 0;
  return html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="before" width="${rounded(100 * before)}" height="8"/><rect class="full" width="${rounded(100 * least)}" height="8"/></svg>`;
}

/** Hundredths are finer than any screen. */
export function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** A wide table in a box of its own that can be scrolled, with the keyboard too. */
export function scrolled(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
