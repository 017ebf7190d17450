import type { PodProof } from '../../prover/proof.ts';
import { type Places, type ProofReport, placesIn } from '../proof-report.ts';
import { atScaleText, byVerdict, ownPods, verdicts, whyNot } from '../proof-words.ts';
import { count } from '../summary.ts';
import { where } from '../where.ts';
import { html, type Markup } from './markup.ts';
import { type Section, scrolled, verdictChip } from './pieces.ts';

/** Which pool gets each workload, and why the others do not. */
export function workloads({ proof, documents }: ProofReport): Section | undefined {
  const pods = ownPods(proof).toSorted(byVerdict);
  if (pods.length === 0) return undefined;
  const places = placesIn(documents);
  const table = html`<table><caption>Workloads and their pools</caption><thead><tr><th scope="col">Workload</th><th scope="col">Verdict</th><th scope="col">Pool that wins</th><th scope="col">Why not the others</th></tr></thead><tbody>${pods.map((pod) => row(pod, places))}</tbody></table>`;
  return { id: 'workloads', title: 'Which pool wins', body: html`${filter()}${scrolled('Workloads and their pools', table)}` };
}

/** Works without a script: the style sheet hides the rows that are not asked for. */
function filter(): Markup {
  const choices = ['all', ...verdicts].map(
    (choice) =>
      html`<label><input type="radio" name="show" id="show-${choice}"${choice === 'all' && html` checked`}> ${choice}</label>`,
  );
  return html`<fieldset class="filter"><legend>Show</legend>${choices}</fieldset>`;
}

function row(proof: PodProof, places: Places): Markup {
  const { pod, replicas, verdict, at, witness, wouldBe, missing, atScale } = proof;
  const name = replicas === 1 ? pod : `${pod} ×${replicas}`;
  // A pool that may or may not take it says why itself.
  const isOpen = wouldBe.why.every((answer) => answer.verdict !== 'unknown');
  const scale = atScale && html`<br><span class="aside">at scale: ${atScaleText(atScale)}</span>`;
  return html`<tr class="row-${verdict}"><th scope="row">${name}<br><code class="where">${where(places.location(at))}</code></th><td>${verdictChip(verdict)}</td><td>${winner(proof)}${
    witness && html`<br><span class="aside">${witness.instanceType}, ${witness.zone}, ${witness.capacityType}</span>`
  }${scale}</td><td><ul class="reasons">${reasons(proof)}${isOpen && missing.map(({ says }) => html`<li>not known: ${says}</li>`)}${
    wouldBe.why.length + missing.length === 0 && html`<li>no other pool is in view</li>`
  }</ul></td></tr>`;
}

function winner({ wouldBe }: PodProof): string {
  return wouldBe.pool ?? 'none';
}

function reasons(proof: PodProof): readonly Markup[] {
  const { reasons, others } = whyNot(proof);
  const rest = others > 0 ? [html`<li>and ${count(others, 'other')}</li>`] : [];
  return [...reasons.map(({ pools, refusal }) => html`<li><strong>${pools}</strong>: ${refusal}</li>`), ...rest];
}
