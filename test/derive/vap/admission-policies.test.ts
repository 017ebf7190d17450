import { describe, expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { settingsFrom } from '../../../src/config/settings.ts';
import { targetOf } from '../../../src/config/target-of.ts';
import { admissionPolicies, type Exported, type Terms } from '../../../src/derive/vap/admission-policies.ts';
import { plainPolicy } from '../../../src/lint/policy.ts';

const target = targetOf(settingsFrom({ flags: {}, environment: {}, file: { karpenterVersion: '1.15' } }));
const terms: Terms = {
  rules,
  policy: plainPolicy,
  target,
  settings: {},
  exemptions: [],
  tunedByLabel: new Set(),
  modeOf: () => 'warn',
  failurePolicy: 'Ignore',
  obeysAnnotations: true,
  karpenterUsers: ['system:serviceaccount:kube-system:karpenter'],
};

interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
    readonly variables?: readonly { readonly name: string; readonly expression: string }[];
    readonly matchConditions: readonly { readonly name: string; readonly expression: string }[];
    readonly validationActions: readonly string[];
    readonly failurePolicy: string;
    readonly paramKind?: object;
  };
}

const policiesOf = ({ manifests }: Exported): readonly Policy[] => manifests as unknown as readonly Policy[];
const named = (exported: Exported, name: string): Policy | undefined =>
  policiesOf(exported).find(({ metadata, kind }) => metadata.name === name && !kind.endsWith('Binding'));
const expressionOf = (exported: Exported, policy: string, rule: string): string | undefined =>
  named(exported, policy)?.spec.validations.find(({ message }) => message.startsWith(`poolproof: ${rule}: `))?.expression;

describe('admissionPolicies', () => {
  test('makes a policy and a binding of each kind, and of what scales a pool', () => {
    const exported = admissionPolicies(terms);
    expect(policiesOf(exported).map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual(
      ['nodepools', 'ec2nodeclasses', 'nodeoverlays', 'nodepools-scale'].flatMap((plural) => [
        `ValidatingAdmissionPolicy poolproof-${plural}-warn`,
        `ValidatingAdmissionPolicyBinding poolproof-${plural}-warn`,
      ]),
    );
    expect(exported.rules.length).toBeGreaterThanOrEqual(60);
  });

  test('says or names every rule that can find something at admission', () => {
    const { rules: said, unsaid } = admissionPolicies(terms);
    const left = [...unsaid.values()].flat();
    expect(said.filter((id) => left.includes(id))).toEqual([]);
    expect(left).toContain('req-empty-instance-set');
    // What the API server refuses, what is off, and what is about files.
    for (const id of ['weight-out-of-range', 'expire-after-long-or-never', 'input-syntax'])
      expect([...said, ...left]).not.toContain(id);
  });

  test('parts rules by what their findings do, never stricter than with the mildest one', () => {
    const exported = admissionPolicies({ ...terms, modeOf: (_, severity) => (severity === 'error' ? 'enforce' : 'warn') });
    expect(expressionOf(exported, 'poolproof-ec2nodeclasses-enforce', 'imds-disabled')).toBeDefined();
    // Its findings are errors and warnings.
    expect(expressionOf(exported, 'poolproof-ec2nodeclasses-enforce', 'storage-iops-throughput')).toBeUndefined();
    expect(expressionOf(exported, 'poolproof-ec2nodeclasses-warn', 'storage-iops-throughput')).toBeDefined();
    const actions = policiesOf(exported).flatMap(({ kind, metadata: { name }, spec }) =>
      kind.endsWith('Binding') && name.includes('nodepools') && !name.includes('scale') ? [spec.validationActions] : [],
    );
    expect(actions).toEqual([
      ['Deny', 'Audit'],
      ['Warn', 'Audit'],
    ]);
  });

  test('passes over what an update keeps', () => {
    const exported = admissionPolicies(terms);
    const said = expressionOf(exported, 'poolproof-nodepools-warn', 'limits-missing') ?? '';
    const [holds = ''] = said.split(" || variables.allowed.contains(' limits-missing ')");
    expect(holds).toContain('in variables.limits');
    expect(said).toContain(
      `(oldObject != null && !${holds.replaceAll('variables.', 'variables.old_')} && !variables.old_allowed.contains(' limits-missing '))`,
    );
    expect(named(exported, 'poolproof-nodepools-warn')?.spec.variables?.map(({ name }) => name)).toContain('old_limits');
  });

  test.each(['1.0', '1.14', '1.15'] as const)('defines every variable before it is used, on %s', (karpenterMinor) => {
    const exported = admissionPolicies({ ...terms, modeOf: () => 'enforce', target: { ...target, karpenterMinor } });
    for (const { kind, spec } of policiesOf(exported)) {
      if (kind.endsWith('Binding')) continue;
      const known = new Set<string>();
      const missing = (text: string): readonly string[] =>
        [...text.matchAll(/\bvariables\.(\w+)/g)].map(([, name = '']) => name).filter((name) => !known.has(name));
      for (const { name, expression } of spec.variables ?? []) {
        expect(missing(expression)).toEqual([]);
        known.add(name);
      }
      expect(spec.validations.flatMap(({ expression }) => missing(expression))).toEqual([]);
      // A policy on `nodepools/scale` has the pool as its parameter.
      expect(JSON.stringify(spec)).not.toMatch(/\b(?:settings|target)\.\w|\bparams\.(?!metadata\b|spec\b)\w/);
      if (!spec.paramKind) expect(JSON.stringify(spec)).not.toMatch(/\bparams\./);
    }
  });

  test('writes parameters and facts out', () => {
    const tuned = admissionPolicies({
      ...terms,
      policy: { ...plainPolicy, rules: new Map([['tgp-short', { parameters: { minimum: '48h' } }]]) },
      settings: { trustedOwners: ["o'neill"] },
    });
    expect(expressionOf(tuned, 'poolproof-nodepools-warn', 'tgp-short')).toContain("duration('48h')");
    expect(expressionOf(tuned, 'poolproof-ec2nodeclasses-warn', 'ami-open-owner')).toContain("dyn(['o\\'neill'])");
    expect(expressionOf(admissionPolicies(terms), 'poolproof-ec2nodeclasses-warn', 'ami-open-owner')).toContain(
      'dyn(null) == null',
    );
  });

  test('leaves out what a policy cannot know', () => {
    const { rules: said, unsaid } = admissionPolicies({
      ...terms,
      tunedByLabel: new Set(['limits-missing']),
      exemptions: [{ rules: ['tgp-short'], names: ['a-{b,c}'], reason: 'a lab' }],
    });
    expect([unsaid.get('override'), unsaid.get('exemption')]).toEqual([['limits-missing'], ['tgp-short']]);
    expect(said).not.toContain('limits-missing');
    expect(said).not.toContain('tgp-short');
  });

  test('exempts from one rule in its condition, and from all in the conditions of the policy', () => {
    const exported = admissionPolicies({
      ...terms,
      exemptions: [
        { rules: ['limits-missing'], kinds: ['NodePool'], names: ['legacy-*', 'v1.2'], reason: 'old' },
        { kinds: ['NodePool'], users: ['robot:**'], groups: ['ops'], reason: 'they know' },
      ],
    });
    expect(expressionOf(exported, 'poolproof-nodepools-warn', 'limits-missing')).toContain(
      "(has(object.metadata.name) && object.metadata.name.matches('^(legacy-[^/]*|v1\\\\.2)$'))",
    );
    expect(named(exported, 'poolproof-nodepools-warn')?.spec.matchConditions.at(-1)).toEqual({
      name: 'exemption-1',
      expression:
        "!((request.userInfo.username.matches('^(robot:.*)$') || (has(request.userInfo.groups) && request.userInfo.groups.exists(group, group.matches('^(ops)$')))))",
    });
    expect(named(exported, 'poolproof-nodeoverlays-warn')?.spec.matchConditions).toHaveLength(3);
  });
});
