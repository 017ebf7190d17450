/** The look of the page: light and dark after the reader's system, narrow screens, paper. */
export const pageStyle = `
:root {
  --page: #f7f8f9; --panel: #ffffff; --ink: #1c2126; --muted: #55606b; --line: #dde1e5; --accent: #1f5fa8; --mark: #ffe9a8; --mark-ink: #3d2f00;
  --refuted: #b3261e; --unknown: #8a5600; --proved: #1b7a48; --refuted-tint: #fdeceb; --unknown-tint: #fdf3e0; --proved-tint: #e6f5ec;
  --overhead: #8b95a1; --daemons: #c58a2b; --request: #2f6fb5; --left: #d5e3f2; --track: #eceff2; --before: #c9d9ec;
  --heat-1: #e3eefa; --heat-2: #bcd6f2; --heat-3: #8dbae6; --heat-4: #2e6cab; --heat-5: #174a80; --on-heat: #10233a; --on-hot: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --panel: #1c2024; --ink: #e4e8eb; --muted: #a0abb6; --line: #31373d; --accent: #7db4f0; --mark: #5c4a10; --mark-ink: #ffeec2;
    --refuted: #ff9188; --unknown: #e8b650; --proved: #62cc92; --refuted-tint: #3a1f1d; --unknown-tint: #372b13; --proved-tint: #16311f;
    --overhead: #7b8692; --daemons: #d39a3f; --request: #6aa6e8; --left: #2b3f55; --track: #2a2f35; --before: #33475d;
    --heat-1: #1d2f42; --heat-2: #22486e; --heat-3: #2a6098; --heat-4: #74b0ec; --heat-5: #b4d6f8; --on-heat: #eef5fc; --on-hot: #0c1a29;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; max-width: 84rem; padding: 0 1.5rem 4rem; background: var(--page); color: var(--ink); font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; margin: 0; font-weight: 650; }
h1 { font-size: 1.5rem; letter-spacing: -0.01em; }
h2 { font-size: 1.1875rem; margin: 0 0 0.75rem; }
h3 { font-size: 0.9375rem; }
p, ul, ol, dl { margin: 0 0 0.75rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code, pre { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--panel); border: 1px solid var(--line); }
.skip:focus { top: 0.5rem; z-index: 1; }
.aside, .where { color: var(--muted); }
.where { font-size: 0.75rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tag { display: inline-block; padding: 0 0.4rem; border: 1px solid var(--line); border-radius: 3px; color: var(--muted); font-size: 0.75rem; font-weight: 400; }
body > header { padding: 1.75rem 0 1rem; }
body > header > p { font-size: 1.0625rem; color: var(--muted); margin: 0.25rem 0 0.75rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; margin: 0; font-size: 0.8125rem; }
.facts div { display: flex; gap: 0.5rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0.625rem 0; border-block: 1px solid var(--line); font-size: 0.875rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
main:focus { outline: none; }
section { margin-top: 2.25rem; }
.panel, .card { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 0.875rem 1rem; margin: 0 0 0.75rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0.75rem; margin-bottom: 0.75rem; }
.card { margin: 0; }
.card p { margin: 0; }
.figure strong { font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.strip { display: block; width: 100%; height: 0.5rem; margin: 0.375rem 0; border-radius: 4px; background: var(--track); }
rect.refuted { fill: var(--refuted); } rect.unknown { fill: var(--unknown); } rect.proved { fill: var(--proved); }
.chip { display: inline-block; white-space: nowrap; padding: 0 0.5rem; border-radius: 999px; font-size: 0.8125rem; font-weight: 600; }
.chip.refuted { color: var(--refuted); background: var(--refuted-tint); }
.chip.unknown { color: var(--unknown); background: var(--unknown-tint); }
.chip.proved { color: var(--proved); background: var(--proved-tint); }
.scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; margin-bottom: 0.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.8125rem; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0.75rem; }
th, td { padding: 0.375rem 0.75rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal; }
thead th { color: var(--muted); font-weight: 500; white-space: nowrap; }
thead th.number { text-align: right; }
tbody th { font-weight: 600; min-width: 8rem; }
.scroll td { min-width: 9rem; }
.scroll :is(td.number, td.heat) { min-width: 0; }
.share { display: block; width: 100%; min-width: 6rem; height: 0.625rem; margin-top: 0.3rem; border-radius: 2px; }
rect.track { fill: var(--track); } rect.before { fill: var(--before); } rect.full { fill: var(--accent); }
.steps { table-layout: fixed; } .steps th:last-child { width: 4.5rem; }
.steps th[scope=row], .sum th[scope=row] { font-weight: 400; overflow-wrap: anywhere; min-width: 0; }
.bar { width: 40%; }
.steps caption, .sum caption { padding-inline: 0; color: var(--muted); font-weight: 500; }
.steps :is(th, td):first-child, .sum :is(th, td):first-child { padding-left: 0; }
.steps :is(th, td):last-child, .sum :is(th, td):last-child { padding-right: 0; }
.sum .total :is(th, td) { border-top: 1px solid var(--ink); font-weight: 600; }
thead.mute th { padding: 0; border: 0; }
summary { cursor: pointer; color: var(--accent); font-size: 0.8125rem; }
dl.more { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0.5rem 0 0; font-size: 0.8125rem; }
dl.more dt { color: var(--muted); } dl.more dd { margin: 0; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; }
.map { width: auto; }
.map th, .map td { padding: 0.25rem 0.375rem; text-align: center; }
.map tbody th, .map thead th:first-child { text-align: left; padding-left: 0.75rem; }
.map thead th span { writing-mode: vertical-rl; transform: rotate(180deg); font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.75rem; }
.map thead th { vertical-align: bottom; }
.scroll td.heat { min-width: 1.75rem; }
.heat { font-variant-numeric: tabular-nums; border: 1px solid var(--panel); color: var(--on-heat); }
.level-0 { background: transparent; color: var(--muted); }
.level-1 { background: var(--heat-1); } .level-2 { background: var(--heat-2); } .level-3 { background: var(--heat-3); }
.level-4 { background: var(--heat-4); color: var(--on-hot); } .level-5 { background: var(--heat-5); color: var(--on-hot); }
.conflict { border-top: 1px solid var(--line); padding-top: 0.625rem; margin-top: 0.625rem; }
.conflict p { margin: 0 0 0.375rem; } .conflict ol { margin: 0; padding-left: 1.5rem; }
pre { margin: 0 0 0.75rem; padding: 0.5rem 0.75rem; background: var(--page); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; }
.line { display: block; text-decoration: none; }
.source .line { padding-left: 3.25rem; text-indent: -3.25rem; }
.source .number { text-indent: 0; display: inline-block; min-width: 2.5rem; padding-right: 0.75rem; color: var(--muted); user-select: none; }
mark { background: var(--mark); color: var(--mark-ink); border-bottom: 2px solid var(--refuted); }
del { color: var(--refuted); background: var(--refuted-tint); } ins { color: var(--proved); background: var(--proved-tint); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; font-size: 0.8125rem; }
.legend svg { width: 0.75rem; height: 0.75rem; vertical-align: -0.05rem; border-radius: 2px; }
rect.overhead { fill: var(--overhead); } rect.daemons { fill: var(--daemons); } rect.request { fill: var(--request); } rect.left { fill: var(--left); }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 0.75rem; align-items: start; }
.grid .panel { margin: 0; }
.grid + p { margin-top: 0.75rem; }
.grid .aside { font-size: 0.8125rem; margin-bottom: 0.5rem; }
.pack { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr) 6.75rem; gap: 0.5rem; align-items: center; font-size: 0.8125rem; margin-bottom: 0.25rem; }
.pack svg { width: 100%; height: 0.875rem; border-radius: 3px; }
.pack span:last-child { text-align: right; color: var(--muted); font-variant-numeric: tabular-nums; }
.reasons { margin: 0; padding: 0; list-style: none; }
.filter { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; border: 0; margin: 0 0 0.5rem; padding: 0; font-size: 0.875rem; }
.filter legend { float: left; padding: 0; margin-right: 1.25rem; color: var(--muted); }
main:has(#show-refuted:checked) tbody tr:is(.row-unknown, .row-proved),
main:has(#show-unknown:checked) tbody tr:is(.row-refuted, .row-proved),
main:has(#show-proved:checked) tbody tr:is(.row-refuted, .row-unknown) { display: none; }
@media (max-width: 40rem) {
  body { padding: 0 0.875rem 3rem; }
  .pack { grid-template-columns: 3.5rem minmax(0, 1fr) 7rem; }
  .bar { width: 30%; }
  .share { min-width: 3rem; }
  .scroll td:last-child:not(.number, .heat) { min-width: 16rem; }
  dl.more { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl.more dd { margin-bottom: 0.375rem; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { --page: #ffffff; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav, .skip, .filter { display: none; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { display: none; }
  .scroll { overflow: visible; border: 0; }
  .scroll td, .scroll td.heat, tbody th { min-width: 0; }
  .map { font-size: 6.5pt; } .map thead th span { font-size: inherit; }
  .map :is(th, td) { padding: 1px 2px; }
  section { break-before: auto; }
  .panel, .card, tr, pre { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
