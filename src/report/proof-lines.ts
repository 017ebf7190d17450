import type { PodProof, PoolProof, Proof, ProofVerdict } from '../prover/proof.ts';
import type { Places } from './proof-report.ts';
import type { Page } from './source-frame.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';

/** What a proof is drawn with on a terminal. */
export interface ProofPage extends Page {
  readonly proof: Proof;
  readonly places: Places;
}

/** `file:line:column: refuted: pool gpu`. */
export function verdictLine(proof: PoolProof | PodProof, { places, colors }: ProofPage): string {
  const place = colors.strong(where(places.location(proof.at)));
  return `${place}: ${verdictColor(proof.verdict, colors)(proof.verdict)}: ${colors.strong(visible(title(proof)))}`;
}

function title(proof: PoolProof | PodProof): string {
  if ('name' in proof) return `pool ${proof.name}`;
  return proof.replicas === 1 ? proof.pod : `${proof.pod} (${proof.replicas} replicas)`;
}

export function verdictColor(verdict: ProofVerdict, { severity, added }: Page['colors']): (text: string) => string {
  return { refuted: severity.error, unknown: severity.warning, proved: added }[verdict];
}

const LABEL = 11;

/** `label      text`, indented; nothing where there is nothing to say. */
export function labelled(label: string, text: string): string {
  return text === '' ? '' : `  ${label.padEnd(LABEL)}${visible(text)}`;
}

const BAR = 20;

/** A share of the whole, from 0 to 1, as a bar; what is above nothing shows. */
export function bar(share: number): string {
  const full = share > 0 ? Math.max(1, Math.round(share * BAR)) : 0;
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}
