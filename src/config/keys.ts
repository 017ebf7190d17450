import type { Key, ListShape, RecordShape, Shape } from '../lint/shape.ts';
import { admissionKey } from './admission-keys.ts';
import type {
  AllowSetting,
  BusinessHours,
  Cluster,
  ClusterFacts,
  Cni,
  Config,
  DeclaredPod,
  OverrideSetting,
  RequiredTag,
  SharedParameters,
} from './config.ts';
import {
  clock,
  date,
  extraField,
  karpenterVersion,
  kubernetesVersion,
  numericText,
  region,
  regularExpression,
  text,
  timezone,
  zone,
} from './text-shapes.ts';

type Keys<T> = { readonly [N in keyof Required<T>]: Key };

const globs = list(text('a glob such as clusters/prod/**'));
const labelKeys = list(text('a label key'));
const flag: Shape = { kind: 'flag' };
const failOn: Key = { shape: words('error', 'warning', 'info', 'never'), says: 'Least severity that makes a run fail.' };

/** Facts about a cluster; each is also a flag, spelt in kebab-case. */
export const clusterFacts: Keys<ClusterFacts> = {
  karpenterVersion: { shape: karpenterVersion, says: 'Karpenter of the cluster; a minor means its latest patch.' },
  kubernetesVersion: { shape: kubernetesVersion, says: 'Kubernetes of the cluster; rules that need it are silent without it.' },
  region: { shape: region, says: 'AWS region of the cluster.' },
  zones: { shape: list(zone), says: 'Zones that nodes may be launched in.' },
  profile: {
    shape: words('minimal', 'recommended', 'production', 'spot-heavy', 'security', 'dev'),
    says: 'Which rules count, and how much, where nothing else is said.',
  },
  closedWorld: { shape: flag, says: 'Whether all pools and workloads of the cluster are among the input.' },
  externalClasses: { shape: list(text('a node class or *')), says: 'Node classes known to exist elsewhere; * is any.' },
  minValuesPolicy: { shape: words('Strict', 'BestEffort'), says: "Karpenter's minValues policy." },
  preferencePolicy: { shape: words('Respect', 'Ignore'), says: "Karpenter's preference policy." },
  catalog: { shape: text('a file'), says: 'A file with instance types, prices and offerings beside the built-in ones.' },
  awsFacts: { shape: list(text('a file')), says: 'Files with JSON answers of AWS describe calls.' },
};

/** Facts that several rules share. */
export const sharedParameters: Keys<SharedParameters> = {
  timezone: { shape: timezone, says: 'Time zone of the team, for schedules that people read.' },
  businessHours: {
    shape: record<BusinessHours>('business hours', {
      days: {
        shape: list(words('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')),
        says: 'Days of work; Monday to Friday if absent.',
      },
      start: { shape: clock, says: 'When work begins.', isRequired: true },
      end: { shape: clock, says: 'When work ends.', isRequired: true },
    }),
    says: "The team's hours of work, in `timezone`.",
  },
  ipFamily: { shape: words('ipv4', 'ipv6'), says: 'IP family of the cluster.' },
  cni: {
    shape: record<Cni>('a network plugin', {
      type: { shape: words('amazon-vpc-cni', 'cilium', 'calico', 'other'), says: 'Which plugin gives pods their addresses.' },
      prefixDelegation: { shape: flag, says: 'Whether nodes get prefixes instead of single addresses.' },
      customNetworking: { shape: flag, says: 'Whether pods live in subnets of their own.' },
    }),
    says: 'Network plugin of the cluster.',
  },
  removers: { shape: list(text('a taint key')), says: 'Startup taints that an agent of the cluster removes.' },
  customLabels: { shape: labelKeys, says: 'Label keys of your own that are meant although Karpenter does not know them.' },
  externalLabels: { shape: labelKeys, says: 'Label keys of nodes that Karpenter does not launch.' },
  trustedOwners: { shape: list(numericText('an AWS account or alias')), says: 'Owners whose images may be selected.' },
  requiredTags: {
    shape: list(
      record<RequiredTag>('a required tag', {
        key: { shape: text('a tag key'), says: 'Key of the tag.', isRequired: true },
        pattern: { shape: regularExpression, says: 'What its value must match as a whole.' },
      }),
    ),
    says: 'Tags that every node class must set.',
  },
  imdsWorkloads: { shape: list(text('a workload as namespace/name')), says: 'Workloads that read instance metadata.' },
  multiArchImages: { shape: list(text('an image')), says: 'Images that run on amd64 and arm64.' },
  extraFields: { shape: list(extraField), says: "Fields that the cluster's CRDs have beyond Karpenter's." },
};

/** The whole file. `ruleSettings` and `formats` depend on what the program knows. */
export function configKeys(ruleSettings: RecordShape, ruleIds: Shape, formats: Shape): Keys<Config> {
  const rules: Key = { shape: ruleSettings, says: 'Level and parameters by rule.' };
  return {
    ...clusterFacts,
    ...sharedParameters,
    failOn,
    format: { shape: { kind: 'either', of: [formats, list(formats)] }, says: 'What to print: FORMAT or FORMAT=FILE.' },
    ignore: { shape: globs, says: 'Files that are never read.' },
    baseline: { shape: text('a file'), says: 'File with accepted findings.' },
    rules,
    overrides: { shape: list(override(rules)), says: 'Rule settings for some files or objects; the last that matches wins.' },
    allow: { shape: list(allow(ruleIds)), says: 'Findings that are accepted, and why.' },
    clusters: { shape: list(cluster(rules)), says: 'The clusters of a repository that configures several.' },
    pods: { shape: list(pod()), says: 'Pods that the pools must be able to run.' },
    admission: admissionKey(Object.keys(ruleSettings.keys)),
  };
}

function override(rules: Key): Shape {
  const keys: Keys<OverrideSetting> = {
    paths: { shape: globs, says: 'Files it holds for.' },
    labels: { shape: { kind: 'map', value: numericText('a label value') }, says: 'Labels that an object must have.' },
    rules: { ...rules, isRequired: true },
  };
  return { ...record('an override', keys), oneOf: ['paths', 'labels'] };
}

function allow(ruleIds: Shape): Shape {
  const keys: Keys<AllowSetting> = {
    rule: { shape: ruleIds, says: 'Rule whose findings are accepted.', isRequired: true },
    paths: { shape: globs, says: 'Files it holds for.' },
    objects: {
      shape: list(text('a glob such as NodePool/gpu-*')),
      says: 'Objects it holds for, as Kind/name or Kind/namespace/name.',
    },
    reason: { shape: text('a reason'), says: 'Why they are accepted.', isRequired: true },
    until: { shape: date, says: 'The last day on which it holds.' },
  };
  return { ...record('an accepted finding', keys), oneOf: ['paths', 'objects'] };
}

function cluster(rules: Key): Shape {
  return record<Cluster>('a cluster', {
    name: { shape: numericText('a name'), says: 'Name of the cluster.', isRequired: true },
    paths: { shape: globs, says: 'Files of the cluster; a file may belong to several.', isRequired: true },
    ...clusterFacts,
    ...sharedParameters,
    failOn,
    rules,
  });
}

function pod(): Shape {
  return record<DeclaredPod>('a pod', {
    count: { shape: { kind: 'number', isWhole: true, least: 1 }, says: 'How many of them; 1 if absent.' },
    metadata: { shape: { kind: 'map', value: { kind: 'any' } }, says: 'Labels, name and namespace as in a Pod template.' },
    spec: { shape: { kind: 'map', value: { kind: 'any' } }, says: 'The pod as in a Pod template.', isRequired: true },
  });
}

function record<T>(means: string, keys: Keys<T>): RecordShape {
  return { kind: 'record', means, keys };
}

function list(item: Shape): ListShape {
  return { kind: 'list', item };
}

function words(...of: readonly string[]): Shape {
  return { kind: 'word', of };
}
