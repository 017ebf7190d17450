import type { Place } from '../text/place.ts';

export type RestrictionKind =
  | 'requirement'
  | 'min-values'
  | 'label'
  | 'taint'
  | 'startup-taint'
  | 'limit'
  | 'status'
  | 'class'
  | 'selector'
  | 'expression'
  | 'terms'
  | 'request'
  | 'overhead'
  | 'spread'
  | 'affinity'
  | 'anti-affinity'
  | 'port'
  | 'volume'
  | 'devices'
  | 'daemon';

/** One thing that can stand between a pod and a pool, and that somebody could take away. */
export interface Restriction {
  /** Unique within its kind: an index, a key. With the kind it is the same for all pods of a shape. */
  readonly id: string;
  readonly kind: RestrictionKind;
  /** The label or the resource that it is about. */
  readonly about?: string;
  /** Worked out only for what is reported. */
  at(): Place;
  says(): string;
}

/** Whether a restriction is left in place. */
export type Keeps = (kind: RestrictionKind, id: string | number) => boolean;

export function nameOf({ kind, id }: Restriction): string {
  return `${kind} ${id}`;
}

export function keeping(kept: Iterable<Restriction>): Keeps {
  const names = new Set([...kept].map(nameOf));
  return (kind, id) => names.has(`${kind} ${id}`);
}
