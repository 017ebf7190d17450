import type { Plain, Severity } from '../../diagnostic/diagnostic.ts';
import type { Exemption } from '../../lint/exemption.ts';
import { exemptionCel } from './exemptions.ts';
import { ofOldObject, variablesOf } from './expression.ts';
import { type Resource, resources } from './guarded-kinds.ts';
import { literal } from './literal.ts';
import { type Judgement, type Obstacle, type Said, sorted } from './said.ts';
import { ofFormerScale, ofScale, scaled, scaleVariables, speaksOfScale } from './scale.ts';
import { sharedVariables } from './variables.ts';

export type Mode = 'off' | 'audit' | 'warn' | 'enforce';

export interface Terms extends Judgement {
  /** What a finding of a rule does. */
  readonly modeOf: (rule: string, severity: Severity) => Mode;
  readonly failurePolicy: 'Ignore' | 'Fail';
  /** Whether the annotation `poolproof.dev/allow` counts. */
  readonly obeysAnnotations: boolean;
  /** Users whose writes are never judged. */
  readonly karpenterUsers: readonly string[];
}

export interface Exported {
  /** Each policy and its binding, ready to apply. */
  readonly manifests: readonly Plain[];
  readonly rules: readonly string[];
  readonly unsaid: ReadonlyMap<Obstacle, readonly string[]>;
}

/**
 * The rules that CEL can say as ValidatingAdmissionPolicies: one of each kind for each thing that findings do, since a binding acts
 * on all conditions of its policy alike.
 */
export function admissionPolicies(terms: Terms): Exported {
  const { said, unsaid } = sorted(terms);
  const { karpenterMinor } = terms.target;
  const manifests = [...resources, scale].flatMap((resource) =>
    (['enforce', 'warn', 'audit'] as const).flatMap((mode) => {
      const own = said.filter(
        (each) =>
          each.kinds.includes(resource.kind) &&
          terms.modeOf(each.rule.id, each.severity) === mode &&
          (resource !== scale || speaksOfScale(each, karpenterMinor)),
      );
      return own.length === 0 ? [] : [policyOf(own, resource, mode, terms), bindingOf(resource, mode)];
    }),
  );
  return { manifests, rules: said.map(({ rule }) => rule.id), unsaid };
}

const scale: Resource = { kind: 'NodePool', group: 'karpenter.sh', version: 'v1', plural: 'nodepools/scale' };

const apiVersion = 'admissionregistration.k8s.io/v1';

function nameOf({ plural }: Resource, mode: Mode): string {
  return `poolproof-${plural.replace('/', '-')}-${mode}`;
}

function metadataOf(name: string): Plain {
  return { name, labels: { 'app.kubernetes.io/name': 'poolproof', 'app.kubernetes.io/component': 'admission-policy' } };
}

function policyOf(said: readonly Said[], resource: Resource, mode: Mode, terms: Terms): Plain {
  const validations = said.map(({ rule, cel }) => ({
    expression: conditionOf(rule.id, cel, resource, terms),
    message: `poolproof: ${rule.id}: ${rule.summary}`,
    reason: 'Invalid',
  }));
  const shared = sharedVariables(resource.kind, terms.target.karpenterMinor);
  const variables = variablesOf(
    validations.map(({ expression }) => expression),
    resource === scale ? scaleVariables(shared) : shared,
  );
  const { group, version, plural } = resource;
  const operations = resource === scale ? ['UPDATE'] : ['CREATE', 'UPDATE'];
  return {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: metadataOf(nameOf(resource, mode)),
    spec: {
      failurePolicy: terms.failurePolicy,
      ...(resource === scale && { paramKind: scaled.paramKind }),
      matchConstraints: {
        resourceRules: [{ apiGroups: [group], apiVersions: [version], operations, resources: [plural], scope: 'Cluster' }],
      },
      matchConditions: matchConditions(resource, terms),
      ...(variables.length > 0 && { variables: variables.map(({ name, expression }) => ({ name, expression })) }),
      validations,
    },
  };
}

/** What is denied is also in the audit log, as the webhook's denials are. */
const actions = { enforce: ['Deny', 'Audit'], warn: ['Warn', 'Audit'], audit: ['Audit'] } as const;

function bindingOf(resource: Resource, mode: 'enforce' | 'warn' | 'audit'): Plain {
  const name = nameOf(resource, mode);
  return {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: metadataOf(name),
    spec: { policyName: name, ...(resource === scale && { paramRef: scaled.paramRef }), validationActions: actions[mode] },
  };
}

/** Karpenter's own writes, finalizers and annotations pass unseen, so that nothing is held up by what it does not touch. */
function matchConditions(resource: Resource, { karpenterUsers, exemptions }: Terms): readonly Plain[] {
  const { kind } = resource;
  const isScale = resource === scale;
  const isGoing = 'has(object.metadata.deletionTimestamp)';
  const isSpecKept = '(has(object.spec) ? has(oldObject.spec) && object.spec == oldObject.spec : !has(oldObject.spec))';
  return [
    ...(isScale ? [{ name: 'is-meant', expression: scaled.isMeant }] : []),
    { name: 'spec-changed', expression: `request.operation != 'UPDATE' || !${isSpecKept}` },
    { name: 'not-terminating', expression: `!${isScale ? ofScale(isGoing) : isGoing}` },
    { name: 'not-karpenter', expression: `!(request.userInfo.username in ${literal(karpenterUsers)})` },
    ...exemptions
      .filter(({ rules = [], kinds = [] }) => rules.length === 0 && (kinds.length === 0 || kinds.includes(kind)))
      .map((exemption, index) => ({ name: `exemption-${index + 1}`, expression: `!(${celOf(exemption)})` })),
  ];
}

/** Where the condition fails it may still be silenced, or have failed of the object as it was: only what a request brings in is told. */
function conditionOf(rule: string, cel: string, resource: Resource, terms: Terms): string {
  const { kind } = resource;
  const [after, before] = resource === scale ? [ofScale, ofFormerScale] : [(each: string) => each, ofOldObject];
  const silenced = terms.obeysAnnotations ? [`variables.allowed.contains(${literal(` ${rule} `)})`] : [];
  const exempt = terms.exemptions
    .filter(({ rules = [], kinds = [] }) => rules.includes(rule) && (kinds.length === 0 || kinds.includes(kind)))
    .map((exemption) => `(${celOf(exemption)})`);
  const wasSo = before([`!(${cel})`, ...silenced.map((each) => `!${each}`)].join(' && '));
  return [`(${after(cel)})`, ...silenced, ...exempt, `(oldObject != null && ${wasSo})`].join(' || ');
}

function celOf(exemption: Exemption): string {
  const cel = exemptionCel(exemption);
  if (cel === undefined) throw new Error('an exemption that CEL cannot say is not sorted out');
  return cel;
}
