// Writes what the chart derives: values.schema.json from the shape of the values and the shape of poolproof.yaml, the table of values in
// its README from the comments of values.yaml, the rules of its roles from the code that reads the cluster, its dashboard, and with --helm
// the plain manifests in charts/manifests.
//   node .ci/generate/chart.mjs [--check] [--helm PROGRAM]     --check writes nothing and fails if something is stale
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { accessRules } from './chart/access.mjs';
import { documentedValues } from './chart/comments.mjs';
import { configShape, exemptionsShape, ruleIds } from './chart/config-shape.mjs';
import { dashboard } from './chart/dashboard.mjs';
import { kustomization, plainManifests } from './chart/manifests.mjs';
import { valuesSchema } from './chart/values-schema.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const chart = join(root, 'charts/poolproof');
const { values: flags } = parseArgs({ options: { check: { type: 'boolean' }, helm: { type: 'string' } } });
const read = (...path) => readFileSync(join(...path), 'utf8');
const stale = [];

const values = documentedValues(read(chart, 'values.yaml'));
const project = await code();
const configuration = project.configurationSchema();
const schema = valuesSchema({
  rules: ruleIds(configuration),
  exemptions: exemptionsShape(configuration),
  config: configShape(configuration),
  renamed: parse(read(chart, 'files/renamed.yaml')),
});
for (const { path, text } of values) describe(path, text);
complete(schema, parse(read(chart, 'values.yaml')), []);
put(join(chart, 'values.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
put(
  join(chart, 'README.md'),
  read(chart, 'README.md').replace(/(<!-- values -->\n)[\s\S]*?(<!-- end -->)/, (_, start, end) => `${start}${table()}\n${end}`),
);
put(join(chart, 'files/dashboard.gen.json'), dashboard());
put(join(chart, 'files/access.yaml'), accessRules(project));
if (flags.helm !== undefined) {
  const rendered = execFileSync(flags.helm, ['template', 'poolproof', chart, '--namespace', 'poolproof', '--skip-tests']);
  put(join(root, 'charts/manifests/install.yaml'), plainManifests(rendered.toString()));
  put(join(root, 'charts/manifests/kustomization.yaml'), kustomization);
}
console.log(`${values.length} values, ${stale.length} ${flags.check ? 'stale' : 'written'}: ${stale.join(', ') || 'none'}`);
if (flags.check && stale.length > 0) process.exit(1);

/** The project's own TypeScript, bundled for this one run. */
async function code() {
  const outfile = join(root, 'node_modules/.cache/poolproof/chart.mjs');
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const entryPoints = [join(root, '.ci/generate/chart/project.ts')];
  await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, banner: { js: banner }, logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}

function describe(path, text) {
  let at = schema;
  for (const key of path) {
    const shape = at.properties?.[key];
    if (shape === undefined) throw new Error(`values.yaml has ${path.join('.')}, which values-schema.mjs does not know`);
    // Shapes are shared between values, descriptions are not.
    at.properties = { ...at.properties, [key]: { ...shape } };
    at = at.properties[key];
  }
  at.description = text;
}

/** Every value that the schema admits is shown in values.yaml, unless it lies in one that is documented as a whole. */
function complete(shape, shown, path) {
  for (const [key, inner] of Object.entries(shape.properties ?? {})) {
    const here = [...path, key];
    if (inner.deprecated) continue;
    if (!Object.hasOwn(shown, key)) throw new Error(`values-schema.mjs has ${here.join('.')}, which values.yaml does not show`);
    if (inner.description === undefined) complete(inner, shown[key], here);
  }
}

function table() {
  const rows = values.map(({ path, text, default: value }) => {
    const shown = value === '' ? '' : `\`${JSON.stringify(value).replaceAll('|', '\\|')}\``;
    return `| \`${path.join('.')}\` | ${text.replaceAll('|', '\\|')} | ${shown} |`;
  });
  return ['| value | means | default |', '|---|---|---|', ...rows].join('\n');
}

function put(file, text) {
  let before;
  try {
    before = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (before === text) return;
  stale.push(relative(root, file));
  if (!flags.check) writeFileSync(file, text);
}
