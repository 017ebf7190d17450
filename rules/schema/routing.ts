import { atLeast, karpenterMinors, type Minor } from '../../src/algebra/version.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import { find, ScalarNode, SeqNode } from '../../src/document/node.ts';
import { groupOf } from '../../src/document/objects.ts';
import { type Life, lifeOfPath, lifeOfValue } from '../../src/model/schema/known.ts';
import { versionsOf } from '../../src/model/schema/load.ts';
import type { Violation } from '../../src/model/schema/violation.ts';
import { kubeletFields } from '../user-data/kubelet-fields.gen.ts';
import { knowsKubeletField } from '../user-data/kubelet-shape.ts';
import type { Claimant } from './claimant.ts';
import { conditionClaimants } from './condition-routing.ts';
import { movedField, movedValue } from './moved-fields.ts';

/** What of an object's violations one rule has to word. */
export function* claimed(judged: JudgedObject, rule: Claimant): Iterable<Violation> {
  for (const violation of judged.violations) if (claimantOf(judged, violation) === rule) yield violation;
}

/** undefined only for what is not ours to judge: a kind of another provider, whose CRDs we do not carry. */
export function claimantOf(judged: JudgedObject, violation: Violation): Claimant | undefined {
  const { path } = violation;
  if (judged.object.kind === 'EC2NodeClass' && path.at(-1) === 'volumeSize') return 'storage-volume-size-format';
  switch (violation.kind) {
    case 'unknown-field':
      return ofUnknownField(judged, violation);
    case 'type':
      return ofType(judged, violation);
    case 'enum':
      return ofEnum(judged, violation);
    case 'required':
      return ofRequired(judged, violation);
    case 'bound':
      return ofBound(judged, violation);
    case 'condition':
      return ofCondition(judged, violation);
    case 'not-served':
      return ofNotServed(judged, violation);
    case 'pattern':
    case 'format':
    case 'duplicate-item':
    case 'metadata':
      return 'api-value-out-of-schema';
  }
}

/** A minor later than the target's brings it. */
export function isNewer(life: Life | undefined, target: Minor): boolean {
  return life !== undefined && !atLeast(target, life.since);
}

type Of<K extends Violation['kind']> = Violation & { readonly kind: K };

function ofUnknownField({ object, schema }: JudgedObject, { path, key }: Of<'unknown-field'>): Claimant {
  if (movedField(object.kind, [...path, key])) return 'api-moved-field';
  // Since 1.15 the schema takes anything there, so the kubelet's own type has to say what the newer Karpenter knows.
  const isKubelet = object.kind === 'EC2NodeClass' && path[0] === 'spec' && path[1] === 'kubelet';
  const isLater = isKubelet
    ? knowsKubeletField(kubeletFields, [...path.slice(2), key])
    : schema !== undefined && isNewer(lifeOfPath(schema, [...path, key]), schema.minor);
  return isLater ? 'api-field-needs-newer-version' : 'api-unknown-field';
}

function ofType({ object }: JudgedObject, { path, expected, actual }: Of<'type'>): Claimant {
  const node = find(object.node, path);
  if (!(node instanceof ScalarNode) || node.value === null) return 'api-value-out-of-schema';
  const written = String(node.value);
  if (expected.includes('string')) return 'api-yaml-type';
  const isQuoted =
    actual === 'string' && (expected.includes('integer') ? /^-?\d+$/.test(written) : /^(?:true|false)$/.test(written));
  if (isQuoted) return 'api-yaml-type';
  const isMaxPods = object.kind === 'EC2NodeClass' && path.join('.') === 'spec.kubelet.maxPods' && actual === 'string';
  return isMaxPods ? 'api-field-needs-newer-version' : 'api-value-out-of-schema';
}

function ofEnum({ object, schema }: JudgedObject, { path, actual }: Of<'enum'>): Claimant {
  if (movedValue(object.kind, path, actual)) return 'api-moved-field';
  return schema && isNewer(lifeOfValue(schema, path, actual), schema.minor)
    ? 'api-field-needs-newer-version'
    : 'api-value-out-of-schema';
}

function ofRequired({ object }: JudgedObject, { path, key }: Of<'required'>): Claimant {
  const at = `${object.kind} ${[...path, key].join('.')}`;
  if (at === 'NodePool spec.disruption.consolidateAfter') return 'disruption-consolidate-after-required';
  if (at === 'EC2NodeClass spec.amiSelectorTerms') return 'ami-terms-missing';
  // The field that held the group in v1beta1 is still there: the two are one mistake.
  const isOldReference = key === 'group' && path.at(-1) === 'nodeClassRef' && find(object.node, [...path, 'apiVersion']);
  return isOldReference ? 'api-moved-field' : 'api-required-field-missing';
}

function ofBound({ object }: JudgedObject, { path, limit }: Of<'bound'>): Claimant {
  const at = `${object.kind} ${path.join('.')}`;
  if (at === 'NodePool spec.weight') return 'weight-out-of-range';
  return at === 'EC2NodeClass spec.amiSelectorTerms' && limit === 'minimum' ? 'ami-terms-missing' : 'api-value-out-of-schema';
}

function ofCondition({ object }: JudgedObject, { path, id }: Of<'condition'>): Claimant {
  const node = find(object.node, path);
  if (id === 'EC-CR-ID-ALONE' && node instanceof SeqNode && node.items.length === 0) return 'net-capacity-reservation-empty-list';
  if (id === 'EC-ALIAS-FAMILY' && node instanceof ScalarNode && String(node.value).startsWith('windows2025@'))
    return 'api-field-needs-newer-version';
  return conditionClaimants.get(id) ?? 'api-cel-violation';
}

function ofNotServed({ object }: JudgedObject, { apiVersion, objectKind }: Of<'not-served'>): Claimant | undefined {
  if (!ourGroups.has(groupOf(object.apiVersion))) return undefined;
  if (goneKinds.has(objectKind)) return 'api-version-removed';
  const versions = versionsOf(objectKind);
  const own = versions.find((version) => version.apiVersion === apiVersion);
  if (own) return own.until === karpenterMinors.at(-1) ? 'api-field-needs-newer-version' : 'api-version-removed';
  const isOld = versions.length > 0 && /^karpenter\.(?:sh|k8s\.aws)\/v1(?:alpha|beta)\d+$/.test(apiVersion);
  return isOld ? 'api-version-removed' : 'api-value-out-of-schema';
}

/** Without a group it is a kind of Karpenter's that lost it. */
const ourGroups: ReadonlySet<string> = new Set(['', 'karpenter.sh', 'karpenter.k8s.aws', 'autoscaling.x-k8s.io']);

/** Of the alpha API, which ended before the first minor that we carry. */
const goneKinds: ReadonlySet<string> = new Set(['Provisioner', 'AWSNodeTemplate', 'Machine']);
