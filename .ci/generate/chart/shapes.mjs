// Shapes that several values share. An object is closed unless Kubernetes defines what is in it.
export const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' };
export const nameOrNone = { type: 'string', pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$' };
/** Of a Service too, so without dots and not from a digit on. */
export const overrideName = { type: 'string', pattern: '^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)?$' };
export const label = { type: 'string', pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$' };
export const port = { type: 'integer', minimum: 1, maximum: 65535 };
/** Below 1024 a process needs a capability, and ours has none. */
export const ownPort = { type: 'integer', minimum: 1024, maximum: 65535 };
export const seconds = { type: 'integer', minimum: 1, maximum: 3600 };
export const hours = { type: 'string', pattern: '^[1-9]\\d*h$' };
export const bool = { type: 'boolean' };
export const text = { type: 'string' };
export const free = { type: 'object' };
export const labels = { type: 'object', additionalProperties: label };
export const annotations = { type: 'object', additionalProperties: text };
export const flags = list({ type: 'string', pattern: '^--[a-z]' });
export const quantity = { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)?(m|[kMGT]i?)?$' };
export const memory = { type: 'string', pattern: '^[1-9]\\d*([MG]i?)$' };
export const countOrShare = { type: ['integer', 'string', 'null'], minimum: 0, pattern: '^\\d{1,3}%$' };
export const mode = { enum: ['off', 'audit', 'warn', 'enforce'] };
export const named = (properties) => ({ type: 'object', required: ['name'], properties: { name: text, ...properties } });
export const conditions = list(closed({ name: text, expression: text }, ['name', 'expression']));
export const probe = closed({
  initialDelaySeconds: { type: 'integer', minimum: 0 },
  periodSeconds: seconds,
  timeoutSeconds: seconds,
  failureThreshold: seconds,
  successThreshold: seconds,
});
export const resources = closed({
  requests: closed({ cpu: quantity, memory, 'ephemeral-storage': quantity }),
  limits: closed({ cpu: quantity, memory, 'ephemeral-storage': quantity }, ['memory']),
});

export function closed(properties, required) {
  return { type: 'object', additionalProperties: false, properties, ...(required === undefined ? {} : { required }) };
}

export function list(items) {
  return { type: 'array', items };
}

/** An object with these keys and no others. Helm names the key that is wrong only if each is written out. */
export function byName(names, $ref) {
  return closed(Object.fromEntries(names.map((key) => [key, { $ref }])));
}
