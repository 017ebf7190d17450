import Ajv, { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { javaScriptPattern } from './pattern.mjs';

/**
 * The structural part of a CRD as ajv's own JavaScript: types, enums, patterns, bounds, required fields, formats of `spec`.
 * `status` is left out because the API server takes no status from whoever writes an object; metadata is no CRD's business.
 */
export async function validatorCode(spec) {
  const { code } = await transform(`module.exports = (() => { ${standalone(compact(spec))} })();`, {
    target: 'node20',
    minify: true,
  });
  return code.trim().replace('module.exports=', '');
}

/** What the validator of a CRD's schema is made from: two CRDs that differ only in `status`, defaults or prose have the same. */
export function specOnly(schema, scaled) {
  const spec = judged(schema.properties.spec);
  // The scale subresource of pools holds replicas to 32 bits, which the schema does not say.
  if (scaled && spec.properties.replicas) Object.assign(spec.properties.replicas, { maximum: 2 ** 31 - 1, multipleOf: 1 });
  return { type: 'object', required: (schema.required ?? []).filter((name) => name === 'spec'), properties: { spec } };
}

function judged(node) {
  const out = {};
  if (node['x-kubernetes-int-or-string']) out.type = ['integer', 'string'];
  else if (node.type) out.type = node.type;
  const keywords = node.type === 'array' ? listKeywords : ownKeywords;
  for (const keyword of keywords) if (node[keyword] !== undefined) out[keyword] = node[keyword];
  if (out.type?.includes('integer')) boundTo64Bits(out);
  if (node.format === 'date-time') Object.assign(out, dateTime);
  if (node.properties) {
    out.properties = Object.fromEntries(Object.entries(node.properties).map(([key, child]) => [key, judged(child)]));
    for (const name of compared) if (out.properties[name]) out.properties[name].multipleOf = 1;
  }
  if (node.additionalProperties) out.additionalProperties = judged(node.additionalProperties);
  if (node.items) out.items = judged(node.items);
  return out;
}

/** The server takes a list for a text with a format. */
const dateTime = { type: ['string', 'array'], format: 'date-time' };

/**
 * To the schema a number that is whole but for rounding is an integer (src/model/schema/json.ts); to the conditions, which compare
 * these fields, it is not.
 */
const compared = ['minValues', 'imageGCHighThresholdPercent', 'imageGCLowThresholdPercent', 'deviceIndex', 'networkCardIndex'];

/** The server ignores the formats int32 and int64, but a number beyond 64 bits is no integer to it any more. */
function boundTo64Bits(node) {
  node.minimum ??= -(2 ** 63);
  if (node.maximum === undefined) node.exclusiveMaximum = 2 ** 63;
}

const ownKeywords = [
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
  'required',
];
/** `pattern` and `maxLength` on a list say nothing: upstream meant its items. */
const listKeywords = ['minItems', 'maxItems'];

/** Parts that occur more than once become definitions, and so functions that are called instead of repeated. */
function compact(root) {
  const seen = new Map();
  const count = (node) => {
    const text = JSON.stringify(node);
    seen.set(text, (seen.get(text) ?? 0) + 1);
    if (seen.get(text) === 1) children(node).forEach(count);
  };
  count(root);
  const names = new Map(
    [...seen].filter(([text, times]) => times > 1 && text.length > 90).map(([text], index) => [text, `s${index}`]),
  );
  const replaced = (node, own) => {
    const name = own ? undefined : names.get(JSON.stringify(node));
    return name ? { $ref: `#/$defs/${name}` } : withChildren(node, (child) => replaced(child, false));
  };
  const $defs = Object.fromEntries([...names].map(([text, name]) => [name, replaced(JSON.parse(text), true)]));
  return { ...replaced(root, true), $defs };
}

function children(node) {
  return [...Object.values(node.properties ?? {}), node.additionalProperties, node.items].filter(Boolean);
}

function withChildren(node, change) {
  return {
    ...node,
    ...(node.properties && {
      properties: Object.fromEntries(Object.entries(node.properties).map(([key, child]) => [key, change(child)])),
    }),
    ...(node.additionalProperties && { additionalProperties: change(node.additionalProperties) }),
    ...(node.items && { items: change(node.items) }),
  };
}

function standalone(schema) {
  const regExp = Object.assign((source, flags) => new RegExp(javaScriptPattern(source), flags), { code: 'RE2' });
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    strict: false,
    validateFormats: true,
    code: { source: true, esm: true, regExp, formats: _`formats` },
  });
  ajv.addFormat('date-time', () => true);
  const code = standaloneCode(ajv, ajv.compile(schema));
  const [, name] = /export const validate = (\w+);/.exec(code) ?? [];
  return `${withJavaScriptPatterns(code)} return ${name};`
    .replace(/"use strict";|export const validate = \w+;|export default \w+;/g, '')
    .replace(/,?schemaPath:"[^"]*"/g, '')
    .replaceAll(
      'require("ajv/dist/runtime/ucs2length").default',
      '(text) => { let n = 0; for (const _ of text) n++; return n; }',
    );
}

/** Only what is matched is translated: in the errors stands the pattern as the CRD has it. */
function withJavaScriptPatterns(code) {
  const [declaration, name] = /const (\w+) = RE2;/.exec(code) ?? [];
  if (!declaration) return code;
  const calls = new RegExp(`${name}\\(("(?:[^"\\\\]|\\\\.)*"), "u"\\)`, 'g');
  return code
    .replace(declaration, '')
    .replace(calls, (_, source) => `new RegExp(${JSON.stringify(javaScriptPattern(JSON.parse(source)))}, "u")`);
}
