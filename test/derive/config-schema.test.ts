import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { configSchema } from '../../src/derive/config-schema.ts';
import { read, shape } from '../config/configured.ts';

const schema = configSchema(shape);
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

describe('the schema of poolproof.yaml', () => {
  test('knows every rule and its parameters', () => {
    const { definitions } = schema as { readonly definitions: { readonly rules: { readonly properties: object } } };
    expect(Object.keys(definitions.rules.properties)).toEqual(rules.map(({ id }) => id));
    expect(JSON.stringify(definitions.rules)).toContain(
      'Shortest consolidateAfter that is accepted with WhenEmpty. Default: \\"30s\\".',
    );
  });

  test.each([
    'profile: production',
    'karpenterVersion: "1.15"\nzones: [eu-west-1a]\nclosedWorld: true',
    'rules: { limits-missing: "off", disruption-consolidate-after-short: { level: error, threshold: 2m } }',
    'overrides: [{ labels: { team: ml }, rules: {} }]',
    'allow: [{ rule: limits-missing, objects: ["NodePool/*"], reason: lab, until: "2027-01-31" }]',
    'clusters: [{ name: a, paths: [a], region: eu-west-1, timezone: Asia/Seoul, rules: { limits-missing: error } }]',
    'pods: [{ count: 2, spec: { containers: [] } }]',
    'format: [json=out.json, pretty]\nbusinessHours: { days: [Mon], start: "08:00", end: "18:00" }',
    'cni: { type: cilium, prefixDelegation: true }\nrequiredTags: [{ key: team, pattern: ".+" }]',
  ])('takes what the reader takes: %s', (text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
    expect(read(text).value).toBeDefined();
  });

  test.each([
    'regoin: eu-west-1',
    'zones: eu-west-1a',
    'region: Frankfurt',
    'closedWorld: "true"',
    'rules: { limit-missing: error }',
    'rules: { limits-missing: loud }',
    'rules: { limits-missing: { maximum: 1 } }',
    'overrides: [{ rules: {} }]',
    'overrides: [{ paths: [a] }]',
    'allow: [{ rule: limits-missing, paths: [a] }]',
    'allow: [{ rule: no-such-rule, paths: [a], reason: x }]',
    'clusters: [{ name: a }]',
    'pods: [{ count: 0, spec: {} }]',
    'format: html',
    'customRules: []',
  ])('refuses what the reader refuses: %s', (text) => {
    expect(validate(parse(text))).toBe(false);
    expect(read(text).value).toBeUndefined();
  });
});
