// Values that are wrong end in an error that names the key, before anything is rendered.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkRun } from './checks.mjs';
import { chart, template } from './render.mjs';

/** Arguments, and what Helm must say. */
const refused = [
  ['a key that is mistyped', ['--set', 'mdoe=warn'], /'mdoe' not allowed/],
  ['a mistyped key further down', ['--set', 'webhook.failurepolicy=Fail'], /'\/webhook'.*'failurepolicy' not allowed/],
  ['a mode that is none', ['--set', 'mode=block'], /'\/mode'.*'enforce'/],
  ['a text for a number', ['--set-string', 'replicaCount=2'], /'\/replicaCount'.*got string, want integer/],
  ['a number for a text', ['--set', 'image.tag=1'], /'\/image\/tag'.*want string/],
  ['a timeout that the API server refuses', ['--set', 'webhook.timeoutSeconds=31'], /'\/webhook\/timeoutSeconds'.*30/],
  ['a rule that there is not', ['--set', 'rules.limits-misssing=enforce'], /'\/rules'.*'limits-misssing' not allowed/],
  ['a mode of a rule that is none', ['--set', 'rules.limits-missing=error'], /'\/rules\/limits-missing'/],
  [
    'a rule of the configuration that there is not',
    ['--set', 'config.rules.nosuch=error'],
    /'\/config\/rules'.*'nosuch' not allowed/,
  ],
  [
    'a key of the configuration that there is not',
    ['--set', 'config.karpenterversion=1.14'],
    /'\/config'.*'karpenterversion' not allowed/,
  ],
  ['what only the chart sets', ['--set', 'config.admission.mode=off'], /'\/config'.*'admission' not allowed/],
  ['a version that Helm reads as a number', ['--set', 'config.karpenterVersion=1.10,replicaCount=x'], /'\/replicaCount'/],
  ['an exemption without a reason', ['--set', 'exemptions[0].rules[0]=limits-missing'], /'\/exemptions\/0'.*'reason'/],
  [
    'an exemption of a rule that there is not',
    ['--set', 'exemptions[0].rules[0]=x,exemptions[0].reason=y'],
    /'\/exemptions\/0\/rules\/0'/,
  ],
  ['a name that no Service may have', ['--set', 'fullnameOverride=a.b'], /'\/fullnameOverride'/],
  ['a digest that is none', ['--set', 'image.digest=latest'], /'\/image\/digest'/],
  ['an address without TLS', ['--set', 'webhook.url=http://example.org'], /'\/webhook\/url'/],
  ['a collector without a scheme', ['--set', 'tracing.endpoint=collector:4318'], /'\/tracing\/endpoint'/],
  ['a part of more than one', ['--set', 'tracing.ratio=2'], /'\/tracing\/ratio'/],
  ['a port that needs a privilege', ['--set', 'webhook.port=443'], /'\/webhook\/port'.*1,?024/],
  [
    'a certificate that is none',
    ['--set', 'certificates.existingSecret.caBundle=abc'],
    /'\/certificates\/existingSecret\/caBundle'/,
  ],
  ['no limit of memory', ['--set', 'resources.limits.memory=null'], /'\/resources\/limits'.*'memory'/],
  ['memory in a unit that is none', ['--set', 'resources.limits.memory=512MB'], /'\/resources\/limits\/memory'/],
  [
    'a match condition without a name',
    ['--set', 'webhook.extraMatchConditions[0].expression=true'],
    /'\/webhook\/extraMatchConditions\/0'.*'name'/,
  ],
  ['a flag that is none', ['--set', 'extraArgs[0]=verbose'], /'\/extraArgs\/0'/],
  [
    'a value under a name of other charts',
    ['--set', 'failurePolicy=Fail'],
    /failurePolicy is called webhook.failurePolicy in this chart/,
  ],
];

export function checkValues() {
  for (const [what, args, message] of refused) checkRun(`values: refused: ${what}`, template(...args), 1, message);
  const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
  const open = [...openObjects(schema, '')];
  check('values: every object of the schema is closed', open.length === 0, open.join('\n'));
}

/** Shapes with named keys that let others in, but for those that Kubernetes defines (a volume, a variable) and `global`, which parents share. */
function* openObjects(shape, path) {
  if (typeof shape !== 'object' || shape === null) return;
  if (shape.properties !== undefined && shape.type === 'object' && shape.additionalProperties !== false) {
    if (!/\/extra(Env|Volumes|VolumeMounts)\/items$|^\/properties\/global$/.test(path)) yield path;
  }
  for (const [key, value] of Object.entries(shape)) yield* openObjects(value, `${path}/${key}`);
}
