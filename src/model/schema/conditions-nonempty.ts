import { type Condition, type KindName, noFaults, type Placement, placed } from './condition.ts';

const classReferences: readonly (readonly [KindName, string])[] = [
  ['NodePool v1', 'spec.template.spec.nodeClassRef'],
  ['NodeClaim v1', 'spec.nodeClassRef'],
];

function nonempty(field: string, on: readonly Placement[]): Condition<string> {
  return {
    id: 'NONEMPTY-STRING',
    on,
    check: (text) => (text === '' ? [{ path: [], message: `${field} is empty` }] : noFaults),
  };
}

function ofReferences(field: string): Condition<string> {
  return nonempty(
    field,
    classReferences.flatMap(([kind, path]) => placed([kind], `${path}.${field}`, { since: '1.1' })),
  );
}

function ofNodeClass(field: string): Condition<string> {
  return nonempty(field, placed(['EC2NodeClass v1', 'EC2NodeClass v1beta1'], `spec.${field}`));
}

export const nonemptyConditions: readonly Condition[] = [
  ...['group', 'kind', 'name'].map(ofReferences),
  ...['role', 'instanceProfile'].map(ofNodeClass),
];
