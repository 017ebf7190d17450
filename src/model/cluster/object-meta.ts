import { flag, list, type Read, record, shape, text, time } from './read.ts';

/** The metadata that decisions look at. Times are milliseconds since the epoch. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly creationTimestamp?: number;
  readonly deletionTimestamp?: number;
  readonly ownerReferences?: readonly OwnerReference[];
}

export type StringMap = Readonly<Record<string, string>>;

export interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

/** A selector of labels. Absent is not the same as empty: an absent one selects nothing, an empty one everything. */
export interface LabelSelector {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly Expression[];
}

/** One expression of a label selector, a node selector or a NodePool's requirements. */
export interface Expression {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

export const stringMap: Read<StringMap> = record(text);

const ownerReference: Read<OwnerReference> = shape<OwnerReference>({
  apiVersion: text,
  kind: text,
  name: text,
  uid: text,
  controller: flag,
});

export const objectMeta: Read<ObjectMeta> = shape<ObjectMeta>({
  name: text,
  namespace: text,
  uid: text,
  labels: stringMap,
  annotations: stringMap,
  creationTimestamp: time,
  deletionTimestamp: time,
  ownerReferences: list(ownerReference),
});

export const expression: Read<Expression> = shape<Expression>({ key: text, operator: text, values: list(text) });

export const labelSelector: Read<LabelSelector> = shape<LabelSelector>({
  matchLabels: stringMap,
  matchExpressions: list(expression),
});
