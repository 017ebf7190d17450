import { find, ScalarNode, SeqNode } from '../document/node.ts';
import type { EC2NodeClass } from './ec2-node-class.ts';

export type AmiFamilyName = 'AL2' | 'AL2023' | 'Bottlerocket' | 'Custom' | 'Windows2019' | 'Windows2022' | 'Windows2025';

const families: ReadonlyMap<string, AmiFamilyName> = new Map(
  (['AL2', 'AL2023', 'Bottlerocket', 'Custom', 'Windows2019', 'Windows2022', 'Windows2025'] as const).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** Karpenter's AMIFamily(): what the class says, else what its alias says; undefined where neither can be read. */
export function amiFamilyOf(nodeClass: EC2NodeClass): AmiFamilyName | undefined {
  let known = read.get(nodeClass);
  if (!known) {
    known = { family: readFamily(nodeClass) };
    read.set(nodeClass, known);
  }
  return known.family;
}

/** A good part of the rules asks of every class. */
const read = new WeakMap<EC2NodeClass, { readonly family: AmiFamilyName | undefined }>();

function readFamily({ amiFamily, node }: EC2NodeClass): AmiFamilyName | undefined {
  if (amiFamily) return [...families.values()].find((name) => name === amiFamily.value);
  const unread = find(node, ['spec', 'amiFamily']);
  if (unread && !(unread instanceof ScalarNode && unread.value === null)) return undefined;
  const terms = find(node, ['spec', 'amiSelectorTerms']);
  for (const term of terms instanceof SeqNode ? terms.items : []) {
    const alias = find(term, ['alias']);
    if (alias instanceof ScalarNode && typeof alias.value === 'string') return families.get(familyPart(alias.value));
  }
  return undefined;
}

/** The part before the version, which may be a placeholder as long as the family is not. */
function familyPart(alias: string): string {
  return alias.split('@')[0] ?? '';
}
