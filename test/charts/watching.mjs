// Alerts and dashboard: Prometheus reads them, they fire when they should, and they ask for metrics that the server has.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { stringify } from 'yaml';
import { check, checkRun } from './checks.mjs';
import { namespace, objectsOf, render, root, run } from './render.mjs';
import { promtool } from './tools.mjs';

export async function checkWatching(work) {
  const objects = objectsOf(render('--set', 'prometheusRule.enabled=true', '--set', 'dashboard.enabled=true'));
  const { groups } = objects.find(({ kind }) => kind === 'PrometheusRule').spec;
  const dashboard = JSON.parse(objects.find(({ metadata }) => metadata.name === 'poolproof-dashboard').data['poolproof.json']);

  const rules = join(work, 'rules.yaml');
  writeFileSync(rules, stringify({ groups }));
  checkRun('promtool reads the alerts', run(promtool(), ['check', 'rules', rules]), 0, /SUCCESS: \d+ rules found/);
  const cases = readFileSync(join(import.meta.dirname, 'alerts.test.yaml'), 'utf8')
    .replaceAll('$namespace', namespace)
    .replaceAll('$runbook', runbook);
  writeFileSync(join(work, 'alerts.test.yaml'), cases);
  checkRun(
    'the alerts fire when they should, and not before',
    run(promtool(), ['test', 'rules', 'alerts.test.yaml'], { cwd: work }),
    0,
    /SUCCESS/,
  );
  const tested = groups[0].rules.filter(({ alert }) => !cases.includes(`alertname: ${alert}\n`)).map(({ alert }) => alert);
  check('every alert has such a test', tested.length === 0, tested.join(', '));

  const known = await metricsOf();
  documented(groups[0].rules, known);
  const alerts = groups[0].rules.map(({ alert, expr }) => [alert, expr]);
  const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr]));
  check('the dashboard has panels', panels.length > 15 && dashboard.panels.every(({ gridPos }) => gridPos.x + gridPos.w <= 24));
  for (const [what, expr] of [...alerts, ...panels]) {
    const faults = faultsOf(expr, known);
    check(`${what}: metrics that there are`, faults.length === 0, `${expr}\n${faults.join('\n')}`);
  }
  const fault = faultsOf('sum by (zone) (rate(poolproof_shed_total[5m])) + poolproof_nosuch', known);
  check('metrics and labels that there are not would be seen', fault.length === 2, fault.join('\n'));
}

/** The runbook has a section for every alert, and the table every metric of ours. */
function documented(rules, known) {
  const text = readFileSync(join(root, 'docs/webhook.md'), 'utf8');
  const unsaid = rules.filter(({ alert }) => !text.includes(`\n### ${alert}\n`)).map(({ alert }) => alert);
  check('the runbook has every alert', unsaid.length === 0, unsaid.join(', '));
  const own = [...known.keys()].filter((name) => !/^poolproof_(process|nodejs)_/.test(name)).sort();
  const table = [...text.matchAll(/^\| (`poolproof_.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  check('the documentation has every metric and no other', table.sort().join() === own.join(), `${table}\n${own}`);
}

const runbook = 'https://github.com/poolproof/poolproof/blob/main/docs/webhook.md';

/** Labels that Prometheus adds. */
const added = ['namespace', 'pod', 'service', 'job', 'instance', 'le'];

/** Names of ours that the server does not export, and labels to sum by that they do not have. */
function faultsOf(expr, known) {
  const named = [...expr.matchAll(/\bpoolproof_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
  const labels = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list.split(/,\s*/));
  const has = new Set(named.flatMap((name) => known.get(name) ?? []).concat(added, 'name'));
  return [
    ...named.filter((name) => !known.has(name)).map((name) => `no metric ${name}`),
    ...labels.filter((label) => !has.has(label)).map((label) => `no label ${label}`),
  ];
}

/** Labels by name of every metric, from the code that exports them. */
async function metricsOf() {
  const outfile = join(root, 'node_modules/.cache/poolproof/metrics.mjs');
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const entryPoints = [join(root, 'webhook/metrics.ts')];
  await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, banner: { js: banner }, logLevel: 'error' });
  const { createMetrics } = await import(pathToFileURL(outfile).href);
  const { registry, observe, observeArming } = createMetrics();
  // What is measured is asked only when somebody scrapes.
  observe(new Proxy({}, { get: () => () => new Map() }));
  observeArming(() => false);
  return new Map(registry.getMetricsAsArray().map(({ name, labelNames }) => [name, labelNames]));
}
