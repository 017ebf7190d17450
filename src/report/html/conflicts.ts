import type { Fix } from '../../diagnostic/diagnostic.ts';
import type { Conflict, Constraint } from '../../prover/proof.ts';
import { conflictTitle, type TellingConflicts, tellingConflicts } from '../conflict-words.ts';
import { fixDiff } from '../fix-diff.ts';
import { type Places, type ProofReport, placesIn } from '../proof-report.ts';
import { ownPods } from '../proof-words.ts';
import { where } from '../where.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './pieces.ts';
import { sourceExcerpt } from './source-excerpt.ts';

/** Of one pod or pool, and altogether, what is drawn with its source; the rest is in the JSON. */
const DRAWN_OF_ONE = 4;
const DRAWN = 60;

/** What stands in the way of each pool and workload that is refuted, with the lines that say so and the edits that would help. */
export function conflicts({ proof, documents }: ProofReport): Section | undefined {
  const places = placesIn(documents);
  const refuted = [
    ...proof.pools.map(({ name, verdict, conflicts }) => ({ title: `Pool ${name}`, verdict, own: conflicts, nothingRunsOn: [] })),
    ...ownPods(proof).map((pod) => ({ title: pod.pod, verdict: pod.verdict, ...tellingConflicts(pod, proof) })),
  ].filter(({ verdict }) => verdict === 'refuted');
  if (refuted.length === 0) return undefined;
  const rest = refuted.slice(DRAWN);
  return {
    id: 'conflicts',
    title: 'What stands in the way',
    body: html`${refuted.slice(0, DRAWN).map(({ title, ...told }) => subject(title, told, places))}${
      rest.length > 0 && html`<p>And of ${rest.length} more: ${rest.map(({ title }) => title).join(', ')}.</p>`
    }`,
  };
}

function subject(title: string, { own, nothingRunsOn }: TellingConflicts, places: Places): Markup {
  const rest = own.slice(DRAWN_OF_ONE).map(({ pool }) => pool);
  return html`<article class="panel"><h3>${title}</h3>${own.slice(0, DRAWN_OF_ONE).map((each) => conflict(each, places))}${
    nothingRunsOn.length > 0 && html`<p>Nothing runs on ${nothingRunsOn.join(', ')}, as told above.</p>`
  }${
    own.length + nothingRunsOn.length === 0 && html`<p>No cause was found that can be shown.</p>`
  }${rest.length > 0 && html`<p>And ${rest.length} more: ${rest.join(', ')}.</p>`}</article>`;
}

function conflict(of: Conflict, places: Places): Markup {
  const { constraints, fixes } = of;
  return html`<div class="conflict"><p><strong>${conflictTitle(of)}</strong></p><ol>${constraints.map((each) => constraint(each, places))}</ol>${fixes.map((each) => fix(each, places))}</div>`;
}

function constraint({ at, says }: Constraint, places: Places): Markup {
  const location = places.location(at);
  return html`<li><p>${says} <code class="where">${where(location)}</code></p>${sourceExcerpt(location, places.linesOf)}</li>`;
}

function fix(of: Fix, places: Places): Markup {
  const rendered = places.edits(of);
  const hunks = rendered ? fixDiff(rendered.edits, places.linesOf) : [];
  const lines = hunks.flatMap(({ removed, added }) => [
    ...removed.map((line) => html`<del class="line">- ${line}</del>`),
    ...added.map((line) => html`<ins class="line">+ ${line}</ins>`),
  ]);
  return html`<p class="fix">Fix <span class="tag">${of.safety}</span> ${of.title}</p>${lines.length > 0 && html`<pre class="diff"><code>${lines}</code></pre>`}`;
}
