import type { ProofReport } from '../proof-report.ts';
import { notCheckedSentence } from '../summary.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './pieces.ts';

/** What all of it rests on: what was taken for granted, what was not read, what was not asked. */
export function basis({ proof, notRead }: ProofReport): Section {
  const lists = [
    list('Taken for granted', proof.assumptions),
    list('Not read', notRead.map(notCheckedSentence)),
    list('Could not be read as it stands', proof.problems),
    list('Not asked, the time was up', proof.unasked),
  ];
  return {
    id: 'basis',
    title: 'What this rests on',
    body: html`<p>A verdict holds for an empty cluster with its DaemonSets, the catalog of instance types named above, and the files that were read. Proved means that a node exists on which the pod runs; it does not mean that the cloud has one to spare.</p>${lists}`,
  };
}

function list(title: string, sentences: readonly string[]): Markup {
  if (sentences.length === 0) return html``;
  return html`<h3>${title}</h3><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}
