// Asks the server what it says to cases, one minor at a time.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { removeOlds, storeOlds } from './olds.mjs';
import { collectionOf, namespaceOf, readServed } from './served.mjs';
import { installCrds } from './server.mjs';

/** What says something about the object, and not about the state of the server. */
const verdictCodes = new Set([200, 201, 400, 409, 413, 422]);
const isTaken = ({ code }) => code === 200 || code === 201;
const contentTypes = { kubectl: 'application/json', json: 'application/json', yaml: 'application/yaml' };

/** The answers of one minor, by the name of the case. Cases that the minor's CRDs cannot decide are left out. */
export async function ask(call, { minor, isComplete }, cases) {
  installCrds(minor);
  const served = await readServed(call);
  const asked = cases.filter(
    (entry) => (isComplete || !needsProvider(entry)) && (!entry.oldObject || collectionOf(served, entry.oldObject)),
  );
  await makeNamespaces(call, asked);
  const stored = await storeOlds(call, served, asked);
  const answers = await parallel(16, asked, async (entry) => [
    entry.name,
    await verdict(call, served, entry, stored.get(entry.name)),
  ]);
  await removeOlds(call, served, asked);
  return new Map(answers);
}

/** Adds to every case what it is as JSON: `object`, `oldObject`, and `body`, the text to send; `error` where it is no YAML. */
export function withObjects(cases) {
  const answers = readYaml(cases.flatMap(({ text, old }) => [text, old ?? '']));
  return cases.map((entry, at) => {
    const { json, error } = answers[2 * at];
    const oldObject = JSON.parse(answers[2 * at + 1].json);
    if (entry.as === 'json') return { ...entry, object: JSON.parse(entry.text), body: entry.text };
    return { ...entry, error, object: json && JSON.parse(json), body: entry.as === 'yaml' ? entry.text : json, oldObject };
  });
}

function readYaml(texts) {
  const cwd = join(import.meta.dirname, '../oracle/yaml');
  const options = { cwd, input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] };
  return JSON.parse(execFileSync('go', ['run', '.'], options));
}

/** What core CRDs alone answer otherwise than the provider's: its own kind, and labels of its domain. */
function needsProvider({ object }) {
  const text = JSON.stringify(object, (key, value) => (key === 'nodeClassRef' ? undefined : value));
  return /karpenter\.k8s\.aws|EC2NodeClass/.test(text ?? '');
}

/** An object in a namespace that is not there says nothing about the object. */
async function makeNamespaces(call, cases) {
  for (const name of new Set(cases.flatMap(({ object }) => namespaceOf(object)))) {
    await call('POST', '/api/v1/namespaces', JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  }
}

async function verdict(call, served, { as, object, body, error }, stored) {
  if (error !== undefined) return { verdict: 'rejected', causes: [`not YAML: ${error}`] };
  const collection = collectionOf(served, object);
  if (!collection) return { verdict: 'rejected', causes: ['not served'] };
  const [method, path] = stored ? ['PUT', `${collection}/${stored.name}`] : ['POST', collection];
  const sent = stored ? stored.revise(object) : body;
  const [plain, strict] = await Promise.all(
    ['Ignore', 'Strict'].map((mode) => call(method, `${path}?dryRun=All&fieldValidation=${mode}`, sent, contentTypes[as])),
  );
  return answer(plain, strict, object.metadata);
}

function answer(plain, strict, metadata) {
  for (const { code, body } of [plain, strict])
    if (!verdictCodes.has(code)) throw new Error(`no verdict: ${code} ${body.message}`);
  if (isTaken(plain)) return isTaken(strict) ? { verdict: 'accepted' } : { verdict: 'dropped', strict: complaints(strict) };
  const said = complaints(strict);
  return { verdict: 'rejected', causes: causesOf(plain, metadata), ...(said.length > 0 && { strict: said }) };
}

function causesOf({ code, body }, metadata) {
  const lines = (body.details?.causes ?? [])
    // A generated name is another one every time.
    .filter(({ field }) => field !== 'metadata.name' || !metadata?.generateName || metadata.name)
    .map(({ field, reason, message }) => `${field}: ${reason}: ${message}`)
    .filter((line) => !line.includes('some validation rules were not checked'));
  return lines.length > 0 ? lines.map(short).sort() : [short(`${code}: ${body.message}`)];
}

/** What strict decoding found: `unknown field "spec.x"`. */
function complaints({ body }) {
  const [, list] = /strict decoding error: (.*)$/s.exec(body.message ?? '') ?? [];
  return list === undefined
    ? []
    : [...list.matchAll(/(?:unknown|duplicate) field "[^"]*"|key .* already set in map/g)].map(([text]) => text).sort();
}

const MAX_CAUSE = 200;

/** Causes may quote the whole value. */
function short(text) {
  return text.length > MAX_CAUSE ? `${text.slice(0, MAX_CAUSE)}…` : text;
}

async function parallel(width, items, run) {
  const results = new Array(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await run(items[at]);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
