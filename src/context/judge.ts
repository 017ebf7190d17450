import type { KubernetesObject } from '../document/document.ts';
import { find, type Node, toPlain } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import { judge } from '../model/schema/judge.ts';
import type { Schemas } from '../model/schema/load.ts';
import type { Violation } from '../model/schema/violation.ts';
import type { Judge } from './link.ts';

/** Kinds whose schemas a run over these objects needs. */
export function kindsIn(objects: Iterable<KubernetesObject>): readonly string[] {
  return [...new Set([...objects].map(({ kind }) => kind))];
}

/** What the API server of the loaded minor holds against an object. What hangs on a placeholder's value cannot be told. */
export function judgeWith(schemas: Schemas): Judge {
  const violationsOf: Judge = ({ node }, before) =>
    judge(schemas, toPlain(node), before && toPlain(before.node)).filter((violation) => isKnown(node, violation));
  return Object.assign(violationsOf, { schemaOf: ({ apiVersion, kind }: KubernetesObject) => schemas.get(apiVersion, kind) });
}

function isKnown(root: Node, violation: Violation): boolean {
  if (violation.kind === 'unknown-field' || violation.kind === 'required') return true;
  const node = find(root, violation.path);
  return !node || !hangsOnPlaceholder(node);
}
