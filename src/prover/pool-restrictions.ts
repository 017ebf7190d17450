import { normalizedLabel } from '../algebra/normalized-label.ts';
import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import type { Taint } from '../algebra/taints.ts';
import { find } from '../document/node.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { type AskedPool, placeIn } from './question.ts';
import type { Keeps, Restriction } from './restriction.ts';
import { requirementText, taintText } from './words.ts';

const labelsPath = ['spec', 'template', 'metadata', 'labels'];
const startupPath = ['spec', 'template', 'spec', 'startupTaints'];

/** Everything that the manifest of a pool demands. */
export function poolRestrictions(asked: AskedPool): readonly Restriction[] {
  const { object, pool, requirementPaths, taintPaths } = asked;
  const { requirements, taints, startupTaints, labels } = pool.spec.template;
  const written = requirements.slice(0, requirementPaths.length);
  const pathOf = (index: number): readonly (string | number)[] => requirementPaths[index] ?? [];
  return [
    ...written.map(
      (one, index): Restriction => ({
        id: String(index),
        kind: 'requirement',
        about: normalizedLabel(one.key),
        at: () => placeIn(object, exact(asked, pathOf(index), 'values')),
        says: () => `the pool requires ${requirementText(one)}`,
      }),
    ),
    ...written.flatMap(({ key, minValues }, index): readonly Restriction[] => {
      if (minValues === undefined) return [];
      const says = (): string => `the pool wants ${minValues} different values of ${key}`;
      return [
        {
          id: String(index),
          kind: 'min-values',
          about: normalizedLabel(key),
          at: () => placeIn(object, [...pathOf(index), 'minValues']),
          says,
        },
      ];
    }),
    ...Object.entries(labels).map(
      ([key, value]): Restriction => ({
        id: key,
        kind: 'label',
        about: normalizedLabel(key),
        at: () => placeIn(object, [...labelsPath, key]),
        says: () => `the pool labels its nodes ${key}=${value}`,
      }),
    ),
    ...taints.map((taint, index) => taintRestriction(asked, 'taint', taint, index, taintPaths[index] ?? [])),
    ...startupTaints.map((taint, index) => taintRestriction(asked, 'startup-taint', taint, index, [...startupPath, index])),
    ...Object.entries(pool.spec.limits ?? {}).map(
      ([resource, amount]): Restriction => ({
        id: resource,
        kind: 'limit',
        about: resource,
        at: () => placeIn(object, ['spec', 'limits', resource]),
        says: () => `the pool may hold no more than ${amount} of ${resource}`,
      }),
    ),
    ...status(asked),
  ];
}

/** The pool with nothing but what is kept. What the world demands beside the manifest stays. */
export function reducedPool({ pool, requirementPaths }: AskedPool, keeps: Keeps): NodePool {
  const { requirements, labels, taints, startupTaints, nodeClassRef } = pool.spec.template;
  const limits = entries(pool.spec.limits ?? {}, (resource) => keeps('limit', resource));
  const { conditions: _, ...status } = pool.status;
  const { deletionTimestamp: __, ...metadata } = pool.metadata;
  const isSettled = !keeps('status', 'conditions');
  return {
    metadata: keeps('status', 'deletion') ? pool.metadata : metadata,
    status: isSettled ? status : pool.status,
    spec: {
      ...(pool.spec.weight !== undefined && { weight: pool.spec.weight }),
      limits,
      template: {
        nodeClassRef,
        requirements: requirements.flatMap((one, index) =>
          index < requirementPaths.length ? reducedRequirement(one, index, keeps) : [one],
        ),
        labels: entries(labels, (key) => keeps('label', key)),
        taints: taints.filter((_one, index) => keeps('taint', index)),
        startupTaints: startupTaints.filter((_one, index) => keeps('startup-taint', index)),
      },
    },
  };
}

/** minValues without its requirement still counts values: of any. */
function reducedRequirement(written: NodeSelectorRequirement, index: number, keeps: Keeps): readonly NodeSelectorRequirement[] {
  const { key, minValues, ...rest } = written;
  const isCounted = minValues !== undefined && keeps('min-values', index);
  if (keeps('requirement', index)) return isCounted || minValues === undefined ? [written] : [{ key, ...rest }];
  return isCounted ? [{ key, operator: 'Exists', minValues }] : [];
}

function taintRestriction(
  { object }: AskedPool,
  kind: 'taint' | 'startup-taint',
  taint: Taint,
  index: number,
  path: readonly (string | number)[],
): Restriction {
  const when = kind === 'taint' ? '' : ' while they start';
  return {
    id: String(index),
    kind,
    about: taint.key,
    at: () => placeIn(object, path),
    says: () => `the pool taints its nodes ${taintText(taint)}${when}`,
  };
}

function status({ object, pool }: AskedPool): readonly Restriction[] {
  const conditions = pool.status.conditions ?? [];
  const bad = conditions
    .filter(({ status: value }) => value !== 'True')
    .map(({ type = '', status: value = '' }) => `${type} is ${value}`);
  return [
    ...(conditions.length === 0
      ? []
      : [
          {
            id: 'conditions',
            kind: 'status' as const,
            at: () => placeIn(object, ['status', 'conditions']),
            says: () => `the pool is not ready: ${bad.join(', ') || 'a condition is missing'}`,
          },
        ]),
    ...(pool.metadata.deletionTimestamp === undefined
      ? []
      : [
          {
            id: 'deletion',
            kind: 'status' as const,
            at: () => placeIn(object, ['metadata', 'deletionTimestamp']),
            says: () => 'the pool is being deleted',
          },
        ]),
  ];
}

/** The part of a requirement that says most, where it is written. */
function exact({ object }: AskedPool, path: readonly (string | number)[], part: string): readonly (string | number)[] {
  return find(object.node, [...path, part]) ? [...path, part] : path;
}

function entries<T>(all: Readonly<Record<string, T>>, keep: (key: string) => boolean): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keep(key)));
}
