// Measures the engine inside one process, in turns: what all rules and links cost beside our own parse of the same repository, and what
// a change to one object of a cluster costs beside the schema check of that object alone.
//   node bench/engine.mjs [--quick] [--json]
// Needs a built dist/ (npm run build).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeWith, kindsIn, lint, loadCatalog, loadSchemas, parse, plainPolicy, rules } from '../dist/index.js';
import { admission } from './engine-admission.mjs';
import { mixedFolder } from './inputs.mjs';

const rounds = process.argv.includes('--quick') ? 5 : 15;
const work = mkdtempSync(join(tmpdir(), 'poolproof-bench-'));

try {
  const sources = sourcesIn(mixedFolder(join(work, 'mixed')));
  const { parsed, judged } = await inTurns(sources);
  const { checked, admitted } = await admission(rounds * 40);
  const rows = [
    row('200 pools, 50 classes, 750 workloads: all rules and links over the parse', judged / parsed, 2),
    row('one pool for a cluster of 500 objects: an admission over its schema check alone', admitted / checked, 5),
  ];
  if (process.argv.includes('--json')) console.log(JSON.stringify({ node: process.version, rows }));
  else print(rows);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function inTurns(sources) {
  const catalog = await loadCatalog();
  const parsed = [];
  const judged = [];
  for (let round = -2; round < rounds; round++) {
    const start = performance.now();
    const documents = (await Promise.all(sources.map((source) => parse(source)))).flat();
    const middle = performance.now();
    const schemas = await loadSchemas('1.15', kindsIn(documents.flatMap(({ objects }) => objects)));
    const before = performance.now();
    lint({ documents, rules, facts: factsWith(catalog), policy: plainPolicy, judge: judgeWith(schemas) });
    if (round < 0) continue;
    parsed.push(middle - start);
    judged.push(performance.now() - before);
  }
  return { parsed: median(parsed), judged: median(judged) };
}

function factsWith(catalog) {
  const target = {
    karpenterVersion: '1.15',
    karpenterMinor: '1.15',
    kubernetesVersion: undefined,
    region: undefined,
    zones: undefined,
    profile: 'recommended',
    closedWorld: false,
    externalClasses: [],
    minValuesPolicy: 'Strict',
    preferencePolicy: 'Respect',
  };
  return { target, now: Date.UTC(2026, 10, 24), settings: {}, ruleIds: new Set(rules.map(({ id }) => id)), catalog };
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

function row(what, ratio, bar) {
  return { what, ratio: Number(ratio.toFixed(2)), bar };
}

function print(rows) {
  console.log(`Node ${process.version}, median of ${rounds} runs in turns\n\n| what | ratio | bar |\n|---|---|---|`);
  for (const { what, ratio, bar } of rows) console.log(`| ${what} | ${ratio} | <= ${bar} |`);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
