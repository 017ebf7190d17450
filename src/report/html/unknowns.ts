import { type ProofReport, placesIn } from '../proof-report.ts';
import { where } from '../where.ts';
import { html } from './markup.ts';
import { type Section, scrolled } from './pieces.ts';

/** The facts that some verdict hangs on, and what would supply each. */
export function unknowns({ proof, documents }: ProofReport): Section | undefined {
  if (proof.unknowns.length === 0) return undefined;
  const places = placesIn(documents);
  const rows = proof.unknowns.map(
    ({ says, supply, at }) =>
      html`<tr><th scope="row">${says}</th><td><code>${supply}</code></td><td>${at ? html`<code class="where">${where(places.location(at))}</code>` : '–'}</td></tr>`,
  );
  const table = html`<table><caption>Facts that would decide</caption><thead><tr><th scope="col">Not known</th><th scope="col">Told by</th><th scope="col">Where</th></tr></thead><tbody>${rows}</tbody></table>`;
  return { id: 'unknowns', title: 'What is not known', body: scrolled('Facts that would decide', table) };
}
