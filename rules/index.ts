import type { Rule } from '../src/lint/rule.ts';
import { allowRules } from './allow/index.ts';
import { amiRules } from './ami/index.ts';
import { changeRules } from './change/index.ts';
import { configRules } from './config/index.ts';
import { disruptionRules } from './disruption/index.ts';
import { gitopsRules } from './gitops/index.ts';
import { identityRules } from './identity/index.ts';
import { inputRules } from './input/index.ts';
import { limitsRules } from './limits/index.ts';
import { networkRules } from './network/index.ts';
import { overlapRules } from './overlap/index.ts';
import { proofRules } from './proof/index.ts';
import { referenceRules } from './reference/index.ts';
import { requirementsRules } from './requirements/index.ts';
import { schemaRules } from './schema/index.ts';
import { securityRules } from './security/index.ts';
import { spotRules } from './spot/index.ts';
import { storageRules } from './storage/index.ts';
import { taintsRules } from './taints/index.ts';
import { userDataRules } from './user-data/index.ts';
import { workloadsRules } from './workloads/index.ts';

/** Every rule, group by group as their codes count. */
export const rules: readonly Rule[] = [
  ...inputRules,
  ...allowRules,
  ...configRules,
  ...schemaRules,
  ...requirementsRules,
  ...spotRules,
  ...disruptionRules,
  ...limitsRules,
  ...taintsRules,
  ...amiRules,
  ...userDataRules,
  ...securityRules,
  ...storageRules,
  ...networkRules,
  ...identityRules,
  ...referenceRules,
  ...overlapRules,
  ...workloadsRules,
  ...proofRules,
  ...changeRules,
  ...gitopsRules,
];
