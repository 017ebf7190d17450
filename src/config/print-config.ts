import type { Plain } from '../diagnostic/diagnostic.ts';
import { valuesOf } from './config-values.ts';
import type { Settings } from './settings.ts';

/**
 * What holds, as a `poolproof.json` that would say the same without flags and environment. Their rule settings become a last
 * override, because they outrank the others.
 */
export function printConfig({ commandRules, ...settings }: Settings): string {
  const decided = Object.keys(commandRules).length > 0 ? [{ paths: ['**'], rules: commandRules }] : [];
  const overrides = [...(settings.overrides ?? []), ...decided];
  const values = valuesOf({ ...settings, ...(overrides.length > 0 && { overrides }) });
  return `${JSON.stringify(sorted(values), null, 2)}\n`;
}

/** Keys in the order of their code units; lists as they are. */
function sorted(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, Plain>>);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
