import type { Plain, Severity } from '../diagnostic/diagnostic.ts';
import type { Exemption } from '../lint/exemption.ts';
import type { RuleSetting } from '../lint/policy.ts';
import type { Profile } from '../lint/world.ts';

/** What one `poolproof.yaml` says, or what the flags or the environment say: the keys of the file, each optional. */
export interface Config extends ClusterFacts, SharedParameters {
  readonly failOn?: Severity | 'never';
  /** Each `FORMAT` or `FORMAT=FILE`. */
  readonly format?: readonly string[];
  readonly ignore?: readonly string[];
  readonly baseline?: string;
  readonly rules?: RuleSettings;
  readonly overrides?: readonly OverrideSetting[];
  readonly allow?: readonly AllowSetting[];
  readonly clusters?: readonly Cluster[];
  readonly pods?: readonly DeclaredPod[];
  readonly admission?: AdmissionSettings;
}

/** What is known of a cluster. */
export interface ClusterFacts {
  readonly karpenterVersion?: string;
  readonly kubernetesVersion?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly profile?: Profile;
  readonly closedWorld?: boolean;
  readonly externalClasses?: readonly string[];
  readonly minValuesPolicy?: 'Strict' | 'BestEffort';
  readonly preferencePolicy?: 'Respect' | 'Ignore';
  readonly catalog?: string;
  readonly awsFacts?: readonly string[];
}

/** What several rules want to know; the engine hands them on under these names (`World.settings`). */
export interface SharedParameters {
  /** IANA name. */
  readonly timezone?: string;
  readonly businessHours?: BusinessHours;
  readonly ipFamily?: 'ipv4' | 'ipv6';
  readonly cni?: Cni;
  /** Keys of startup taints that an agent of one's own removes. */
  readonly removers?: readonly string[];
  /** Label keys that mean something although Karpenter does not know them. */
  readonly customLabels?: readonly string[];
  /** Label keys of nodes that Karpenter does not launch. */
  readonly externalLabels?: readonly string[];
  /** AWS accounts and aliases whose images are trusted. */
  readonly trustedOwners?: readonly string[];
  readonly requiredTags?: readonly RequiredTag[];
  /** `namespace/name` of workloads that read instance metadata. */
  readonly imdsWorkloads?: readonly string[];
  /** Images known to run on amd64 and arm64. */
  readonly multiArchImages?: readonly string[];
  /** `Kind.path` of fields that the cluster's CRDs have beyond Karpenter's. */
  readonly extraFields?: readonly string[];
}

export interface BusinessHours {
  readonly days?: readonly ('Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun')[];
  /** `HH:MM` in the time zone of the team. */
  readonly start: string;
  readonly end: string;
}

export interface Cni {
  readonly type?: 'amazon-vpc-cni' | 'cilium' | 'calico' | 'other';
  readonly prefixDelegation?: boolean;
  readonly customNetworking?: boolean;
}

export interface RequiredTag {
  readonly key: string;
  /** Regular expression that the whole value must match. */
  readonly pattern?: string;
}

export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Rule settings for some files or objects; what it names must all match. */
export interface OverrideSetting {
  readonly paths?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: RuleSettings;
}

/** Accepted findings of one rule. */
export interface AllowSetting {
  readonly rule: string;
  readonly paths?: readonly string[];
  /** Globs over `Kind/name` or `Kind/namespace/name`. */
  readonly objects?: readonly string[];
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly until?: string;
}

/** One of several clusters in a repository: its files, and what differs from the top level. */
export interface Cluster extends ClusterFacts, SharedParameters {
  readonly name: string;
  readonly paths: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly rules?: RuleSettings;
}

/** A pod that the pools must be able to run, as a template with a count. */
export interface DeclaredPod {
  /** Absent: 1. */
  readonly count?: number;
  readonly metadata?: Plain;
  readonly spec: Plain;
}

/** What a finding does at admission: nothing, be noted in the audit log, warn as well, or deny. */
export type AdmissionMode = 'off' | 'audit' | 'warn' | 'enforce';

export interface AdmissionSettings {
  readonly mode?: AdmissionMode;
  /** Modes of single rules, instead of the one above; where that is `off`, nothing is judged. */
  readonly rules?: Readonly<Record<string, AdmissionMode>>;
  readonly denyFormat?: 'causes' | 'message';
  /** Whether the annotation `poolproof.dev/allow` counts. */
  readonly annotationExemptions?: boolean;
  readonly exemptions?: readonly Exemption[];
  /** Users that are Karpenter itself. */
  readonly karpenterUsers?: readonly string[];
  /** Minutes. */
  readonly snapshotMaxAge?: number;
}
