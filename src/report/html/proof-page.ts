import type { ProofReport } from '../proof-report.ts';
import { proofSummary } from '../proof-words.ts';
import { basis } from './basis.ts';
import { conflicts } from './conflicts.ts';
import { familyMap } from './family-map.ts';
import { html, type Markup, verbatim } from './markup.ts';
import { overview } from './overview.ts';
import { packing } from './packing.ts';
import { pageStyle } from './page-style.ts';
import type { Section } from './pieces.ts';
import { spot } from './spot.ts';
import { unknowns } from './unknowns.ts';
import { waterfall } from './waterfall.ts';
import { workloads } from './workloads.ts';

const parts: readonly ((report: ProofReport) => Section | undefined)[] = [
  overview,
  conflicts,
  unknowns,
  familyMap,
  waterfall,
  packing,
  workloads,
  spot,
  basis,
];

/** Nothing is loaded, nothing runs, nothing is sent, whatever a manifest may hold. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A proof as one page that needs nothing beside itself. */
export function proofPage(report: ProofReport): string {
  const sections = parts.flatMap((part) => part(report) ?? []);
  const summary = proofSummary(report.proof);
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<link rel="icon" href="data:,">
<title>Poolproof: ${summary}</title>
<style>${verbatim(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><h1>Poolproof</h1><p>${summary}</p>${facts(report)}</header>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="content" tabindex="-1">
${sections.map(section)}
</main>
</body>
</html>
`;
  return markup;
}

function section({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}

function facts({ target, scale, catalogAsOf }: ReportOf): Markup {
  const rows = [
    ['Karpenter', target.karpenterVersion],
    ['Region', target.region ?? 'not said'],
    ['Zones', target.zones?.join(', ') ?? 'not said'],
    ['Replicas', scale],
    ['Instance types of', catalogAsOf],
  ] as const;
  return html`<dl class="facts">${rows.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

type ReportOf = Pick<ProofReport, 'target' | 'scale' | 'catalogAsOf'>;
