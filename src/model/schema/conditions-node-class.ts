import { atLeast } from '../../algebra/version.ts';
import { type Condition, noFaults, type Placement, placed } from './condition.ts';
import { shown } from './shown.ts';
import type { Lifetime } from './structure.ts';

interface Term {
  readonly alias?: string;
}

interface Spec {
  readonly amiFamily?: string;
  readonly amiSelectorTerms?: readonly Term[];
  readonly role?: string;
  readonly instanceProfile?: string;
}

const v1: readonly Placement[] = placed(['EC2NodeClass v1'], 'spec');
const v1beta1: readonly Placement[] = placed(['EC2NodeClass v1beta1'], 'spec');
const alias: readonly Placement[] = placed(['EC2NodeClass v1'], 'spec.amiSelectorTerms[].alias');

const families = ['AL2', 'AL2023', 'Bottlerocket', 'Windows2019', 'Windows2022'];

/** The text of an alias before its first `@`. */
function familyOf(alias: string): string {
  return alias.slice(0, (alias.indexOf('@') + 1 || alias.length + 1) - 1);
}

/** A family beside an alias may only be the alias's own, or Custom. */
function familyFits(family: string, lifetime: Lifetime = {}): Condition<Spec> {
  return {
    id: `EC-FAMILY-${family.toUpperCase()}`,
    on: v1.map((placement) => ({ ...placement, ...lifetime })),
    reads: ['amiFamily', 'amiSelectorTerms'],
    check({ amiFamily, amiSelectorTerms = [] }) {
      if (amiFamily === undefined || amiFamily === 'Custom' || amiFamily === family) return noFaults;
      const index = amiSelectorTerms.findIndex(
        (term) => term.alias !== undefined && familyOf(term.alias) === family.toLowerCase(),
      );
      if (index === -1) return noFaults;
      const message = `amiFamily "${amiFamily}" contradicts the alias "${amiSelectorTerms[index]?.alias}": with it only ${family} or Custom is allowed`;
      return [{ path: ['amiFamily'], message, related: [['amiSelectorTerms', index, 'alias']] }];
    },
  };
}

const familyRequired: Condition<Spec> = {
  id: 'EC-FAMILY-REQUIRED',
  on: v1,
  reads: ['amiFamily', 'amiSelectorTerms'],
  *check({ amiFamily, amiSelectorTerms = [] }) {
    if (amiFamily === undefined && !amiSelectorTerms.some((term) => term.alias !== undefined))
      yield { path: [], message: 'no AMI term names an alias, so amiFamily must say how to bootstrap the nodes' };
  },
};

const customNeedsTerms: Condition<Spec> = {
  id: 'EC-CUSTOM-NEEDS-TERMS',
  on: v1beta1,
  reads: ['amiFamily', 'amiSelectorTerms'],
  *check({ amiFamily, amiSelectorTerms }) {
    if (amiFamily !== 'Custom' || (amiSelectorTerms && amiSelectorTerms.length > 0)) return;
    const message = 'amiFamily Custom has no AMI of its own: amiSelectorTerms must select one';
    yield { path: ['amiFamily'], message, ...(!amiSelectorTerms && { unevaluable: true }) };
  },
};

const aliasFormat: Condition<string> = {
  id: 'EC-ALIAS-FORMAT',
  on: alias,
  *check(value) {
    if (!isAlias(value)) yield { path: [], message: `"${value}" is no alias: it takes the form family@version` };
  },
};

const aliasFamily: Condition<string> = {
  id: 'EC-ALIAS-FAMILY',
  on: alias,
  *check(value, _old, minor) {
    const known = [...families, ...(atLeast(minor, '1.9') ? ['Windows2025'] : [])].map((family) => family.toLowerCase());
    if (isAlias(value) && !known.includes(familyOf(value)))
      yield { path: [], message: `the alias "${value}" names no family that Karpenter ${minor} knows: ${known.join(', ')}` };
  },
};

const aliasWindowsLatest: Condition<string> = {
  id: 'EC-ALIAS-WINDOWS-LATEST',
  on: alias,
  *check(value, _old, minor) {
    const family = familyOf(value);
    const isWindows = family === 'windows2019' || family === 'windows2022' || (family === 'windows2025' && atLeast(minor, '1.9'));
    if (isWindows && isAlias(value) && value.split('@')[1] !== 'latest')
      yield { path: [], message: `Windows AMIs have no versions to pin: "${value}" must be "${family}@latest"` };
  },
};

function isAlias(value: string): boolean {
  return /^[a-zA-Z0-9]+@[^\n]+$/u.test(value);
}

const roleXorProfile: Condition<Spec> = {
  id: 'EC-ROLE-XOR-PROFILE',
  on: [...v1, ...v1beta1],
  keysOnly: true,
  *check({ role, instanceProfile }) {
    if (role === undefined && instanceProfile === undefined)
      yield { path: [], message: 'the nodes have no identity: exactly one of role and instanceProfile must be given' };
    if (role !== undefined && instanceProfile !== undefined) {
      yield {
        path: ['instanceProfile'],
        message: `role "${shown(role)}" and instanceProfile "${shown(instanceProfile)}" exclude each other`,
        related: [['role']],
      };
    }
  },
};

const noSwitch: Condition<Spec> = {
  id: 'EC-ROLE-PROFILE-NO-SWITCH',
  on: [...v1.map((placement): Placement => ({ ...placement, until: '1.6' })), ...v1beta1],
  keysOnly: true,
  transition: true,
  *check(spec, old) {
    const kept = (field: 'role' | 'instanceProfile'): boolean => spec[field] !== undefined && old[field] !== undefined;
    if (kept('role') || kept('instanceProfile')) return;
    const field = spec.role !== undefined ? 'role' : 'instanceProfile';
    const message = 'a node class cannot change between role and instanceProfile until Karpenter 1.7; create another class';
    yield { path: spec[field] === undefined ? [] : [field], message };
  },
};

const roleUnchanged: Condition<string> = {
  id: 'IMMUTABLE',
  on: [...placed(['EC2NodeClass v1'], 'spec.role', { until: '1.6' }), ...placed(['EC2NodeClass v1beta1'], 'spec.role')],
  transition: true,
  *check(role, old) {
    if (role !== old)
      yield { path: [], message: `role cannot change from "${shown(old)}" to "${shown(role)}" until Karpenter 1.7` };
  },
};

export const nodeClassConditions: readonly Condition[] = [
  ...families.map((family) => familyFits(family)),
  familyFits('Windows2025', { since: '1.9' }),
  familyRequired,
  customNeedsTerms,
  aliasFormat,
  aliasFamily,
  aliasWindowsLatest,
  roleXorProfile,
  noSwitch,
  roleUnchanged,
];
