import { normalizedLabels } from '../../algebra/normalized-label.ts';
import type { Minor } from '../../algebra/version.ts';
import { wellKnownLabels } from '../../algebra/well-known.ts';
import { instanceLabels, labels } from '../../catalog/instance-label.ts';
import type { GuardedKind } from './guarded-kinds.ts';
import { literal } from './literal.ts';

/**
 * What conditions of one kind may name as `variables.<name>`, each in CEL over `object` and the variables before it. A policy has
 * those that its rules use. They hide what may be absent: a list that nobody wrote is empty, a text is ''.
 */
export function sharedVariables(kind: GuardedKind, minor: Minor): ReadonlyMap<string, string> {
  switch (kind) {
    case 'NodePool':
      return new Map([...common, ...ofNodePool, ...labelSets(minor)]);
    case 'EC2NodeClass':
      return new Map([...common, ...ofNodeClass]);
    case 'NodeOverlay':
      return new Map(common);
  }
}

const or = (path: string, otherwise: string): string => `has(${path}) ? ${path} : ${otherwise}`;

/** Rules that the annotation `poolproof.dev/allow` silences, each with a blank on both sides: the first part of every line that gives a reason. */
const common: readonly (readonly [string, string])[] = [
  [
    'allowed',
    `has(object.metadata.annotations) && 'poolproof.dev/allow' in object.metadata.annotations ? ' ' + object.metadata.annotations['poolproof.dev/allow'].replace('\\u2014', '--').replace('\\t', ' ').replace(',', ' ').split('\\n').filter(line, line.contains(' --') && line.split(' --', 2)[1].trim() != '').map(line, line.split(' --', 2)[0]).join(' ') + ' ' : ''`,
  ],
];

/** What `duration()` can read: it fails beyond 64 bits of nanoseconds, some 2562047 hours, where the controller fails too. */
const readable = "r'^(0*([0-9]{1,9}s|[0-9]{1,7}m|[0-9]{1,5}h)){1,9}$|^0*(1?[0-9]{6}|2[0-4][0-9]{5})h$'";

/** A list of one duration; an empty one where there is none, or `Never`. */
const durationAt = (holder: string, field: string): string =>
  `has(${holder}.${field}) && ${holder}.${field}.matches(${readable}) ? [duration(${holder}.${field})] : []`;

const template = 'object.spec.template';

const ofNodePool: readonly (readonly [string, string])[] = [
  ['isStatic', 'has(object.spec.replicas)'],
  ['requirements', `${template}.spec.requirements`],
  ['labels', `has(${template}.metadata) && has(${template}.metadata.labels) ? ${template}.metadata.labels : {}`],
  ['annotations', `has(${template}.metadata) && has(${template}.metadata.annotations) ? ${template}.metadata.annotations : {}`],
  ['taints', or(`${template}.spec.taints`, '[]')],
  ['startupTaints', or(`${template}.spec.startupTaints`, '[]')],
  ['limits', or('object.spec.limits', '{}')],
  ['disruption', or('object.spec.disruption', '{}')],
  ['budgets', or('variables.disruption.budgets', '[]')],
  ['consolidationPolicy', or('variables.disruption.consolidationPolicy', "''")],
  ['consolidateAfter', durationAt('variables.disruption', 'consolidateAfter')],
  ['expireAfter', durationAt(`${template}.spec`, 'expireAfter')],
  ['terminationGracePeriod', durationAt(`${template}.spec`, 'terminationGracePeriod')],
  [
    'capacityTypes',
    `['spot', 'on-demand', 'reserved'].filter(t, (!('${labels.capacityType}' in variables.labels) || variables.labels['${labels.capacityType}'] == t) && variables.requirements.all(r, r.key != '${labels.capacityType}' || (r.operator == 'In' ? has(r.values) && t in r.values : r.operator == 'NotIn' ? !has(r.values) || !(t in r.values) : r.operator == 'Exists')))`,
  ],
];

const aliases = '[variables.amiSelectorTerms.filter(t, has(t.alias)).map(t, t.alias)]';
const families = "['AL2', 'AL2023', 'Bottlerocket', 'Custom', 'Windows2019', 'Windows2022', 'Windows2025']";
const mappings = 'variables.blockDeviceMappings';

const ofNodeClass: readonly (readonly [string, string])[] = [
  ['spec', or('object.spec', '{}')],
  ...['amiSelectorTerms', 'subnetSelectorTerms', 'securityGroupSelectorTerms', 'capacityReservationSelectorTerms'].map(
    (field) => [field, or(`variables.spec.${field}`, '[]')] as const,
  ),
  ['blockDeviceMappings', or('variables.spec.blockDeviceMappings', '[]')],
  ['tags', or('variables.spec.tags', '{}')],
  ['metadataOptions', or('variables.spec.metadataOptions', '{}')],
  ['kubelet', or('variables.spec.kubelet', '{}')],
  [
    'amiFamily',
    `has(variables.spec.amiFamily) ? variables.spec.amiFamily : ${families}.filter(family, ${aliases}.exists(all, size(all) > 0 && all[0].split('@')[0] == family.lowerAscii())).join('')`,
  ],
  [
    'rootDevice',
    "variables.amiFamily in ['AL2', 'AL2023'] ? '/dev/xvda' : variables.amiFamily == 'Bottlerocket' ? '/dev/xvdb' : variables.amiFamily.startsWith('Windows') ? '/dev/sda1' : ''",
  ],
  [
    'podDisk',
    `${mappings}.exists(m, has(m.rootVolume) && m.rootVolume) ? [${mappings}.filter(m, has(m.rootVolume) && m.rootVolume)[0]] : variables.rootDevice != '' && ${mappings}.exists(m, has(m.deviceName) && m.deviceName == variables.rootDevice) ? [${mappings}.filter(m, has(m.deviceName) && m.deviceName == variables.rootDevice)[0]] : []`,
  ],
];

function labelSets(minor: Minor): readonly (readonly [string, string])[] {
  const legacy = [...normalizedLabels.keys()];
  const words = new Set(instanceLabels.filter(({ form }) => form !== 'integer').map(({ key }) => key));
  const withLegacy = (keys: readonly string[]): readonly string[] => [
    ...keys,
    ...legacy.filter((key) => keys.includes(normalizedLabels.get(key) ?? '')),
  ];
  return [
    ['wellKnownLabels', literal([...wellKnownLabels(minor)])],
    ['legacyLabels', literal(legacy)],
    ['wordLabels', literal(withLegacy([...words]))],
  ];
}
