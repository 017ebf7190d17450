import type { Path } from '../../text/place.ts';

/**
 * What the API server of one Karpenter minor would hold against an object, as data; the `api-*` rules put it into words.
 * `path` leads to the offending value from the object's root. For something absent it leads to the parent and `key` names what is missing.
 */
export type Violation =
  /** Not in the schema: strict clients are refused, others lose it silently. */
  | { readonly kind: 'unknown-field'; readonly path: Path; readonly key: string }
  | { readonly kind: 'type'; readonly path: Path; readonly expected: readonly string[]; readonly actual: string }
  | { readonly kind: 'enum'; readonly path: Path; readonly allowed: readonly string[]; readonly actual: unknown }
  | { readonly kind: 'pattern'; readonly path: Path; readonly pattern: string; readonly actual: string }
  /** A number or a count out of bounds: `of` says what is counted. */
  | {
      readonly kind: 'bound';
      readonly path: Path;
      readonly of: 'value' | 'length' | 'items' | 'properties';
      readonly limit: 'minimum' | 'maximum';
      readonly bound: number;
      readonly actual: number;
    }
  | { readonly kind: 'format'; readonly path: Path; readonly format: string; readonly actual: unknown }
  | { readonly kind: 'required'; readonly path: Path; readonly key: string }
  | { readonly kind: 'duplicate-item'; readonly path: Path; readonly first: Path; readonly actual: unknown }
  /** One of the API's own conditions; `id` as in the table of conditions: `NP-STATIC-LIMITS`. */
  | {
      readonly kind: 'condition';
      readonly path: Path;
      readonly id: string;
      readonly message: string;
      readonly related?: readonly Path[];
    }
  /** metadata that no CRD describes: names, labels, annotations. */
  | { readonly kind: 'metadata'; readonly path: Path; readonly message: string }
  /** This minor does not serve the kind, or not in this version. */
  | {
      readonly kind: 'not-served';
      readonly path: Path;
      readonly apiVersion: string;
      readonly objectKind: string;
      readonly servedVersions: readonly string[];
    };

/** `dropped` for what only a strict client is refused for, else `rejected`. */
export function effectOf(violation: Violation): 'rejected' | 'dropped' {
  return violation.kind === 'unknown-field' ? 'dropped' : 'rejected';
}
