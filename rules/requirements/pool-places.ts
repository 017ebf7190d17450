import type { Op, Plain } from '../../src/diagnostic/diagnostic.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Place } from '../../src/text/place.ts';

/** Where to tell what a pool's requirements lack: at their key, or at what should hold them. */
export function requirementsPlace({ template, spec, keyAt }: NodePool): Place {
  return (template.requirements ?? template.spec ?? spec)?.keyAt ?? keyAt;
}

/** A further requirement; nothing where the pool has no list to put it into. */
export function insertRequirement(
  { template }: NodePool,
  key: string,
  operator: string,
  values: readonly string[],
): readonly Op[] {
  const value: Plain = { key, operator, values };
  return template.requirements ? [{ op: 'insert', at: template.requirements.at, value }] : [];
}
