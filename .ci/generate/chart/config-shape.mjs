// What the chart's schema takes from the schema of poolproof.yaml, so that a mistake in it is found before anything is installed.
import { byName } from './shapes.mjs';

/** Keys that speak of files, of output or of several clusters, which a webhook has not; and those that the chart itself sets. */
const elsewhere = ['$schema', 'format', 'ignore', 'baseline', 'clusters', 'catalog', 'awsFacts', 'admission'];

export function ruleIds(configuration) {
  return Object.keys(configuration.definitions.rules.properties);
}

export function exemptionsShape(configuration) {
  return resolved(configuration.properties.admission.properties.exemptions, configuration);
}

export function configShape(configuration) {
  const properties = Object.entries(configuration.properties).filter(([key]) => !elsewhere.includes(key));
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties.map(([key, shape]) => [key, resolved(shape, configuration)])),
  };
}

/**
 * Without references. The parameters of the rules are left to the server: they would be nine tenths of the schema. And numbers must be
 * texts where both are allowed: Helm would make 1.1 of the version 1.10, and 1.2e+11 of an account.
 */
function resolved(shape, configuration) {
  if (Array.isArray(shape)) return shape.map((item) => resolved(item, configuration));
  if (typeof shape !== 'object' || shape === null) return shape;
  if (shape.$ref === '#/definitions/rules') {
    return byName(ruleIds(configuration), '#/definitions/ruleSetting');
  }
  if (shape.$ref !== undefined) {
    const { $ref, ...own } = shape;
    return { ...resolved(configuration.definitions[$ref.replace('#/definitions/', '')], configuration), ...own };
  }
  if (Array.isArray(shape.type) && shape.type.includes('string')) return { ...shape, type: 'string' };
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, resolved(value, configuration)]));
}
