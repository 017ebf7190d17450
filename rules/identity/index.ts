import type { Rule } from '../../src/lint/rule.ts';
import { detailedMonitoringCost } from './detailed-monitoring-cost.ts';
import { instanceProfileIsArn } from './instance-profile-is-arn.ts';
import { roleInIsolatedCluster } from './role-in-isolated-cluster.ts';
import { roleIsArn } from './role-is-arn.ts';
import { roleNameTooLong } from './role-name-too-long.ts';
import { tagsDiscoveryOnInstances } from './tags-discovery-on-instances.ts';
import { tagsFixedName } from './tags-fixed-name.ts';
import { tagsRequiredMissing } from './tags-required-missing.ts';
import { tagsRestricted } from './tags-restricted.ts';
import { tagsTooMany } from './tags-too-many.ts';

export const identityRules: readonly Rule[] = [
  tagsRestricted,
  tagsDiscoveryOnInstances,
  tagsRequiredMissing,
  tagsTooMany,
  tagsFixedName,
  roleIsArn,
  instanceProfileIsArn,
  roleNameTooLong,
  roleInIsolatedCluster,
  detailedMonitoringCost,
];
