import type { Rule } from '../../src/lint/rule.ts';
import { amiAcceleratorNeedsOwnClass } from './ami-accelerator-needs-own-class.ts';
import { amiAl2Deprecated } from './ami-al2-deprecated.ts';
import { amiAl2Unsupported } from './ami-al2-unsupported.ts';
import { amiAliasLatest } from './ami-alias-latest.ts';
import { amiAliasMalformed } from './ami-alias-malformed.ts';
import { amiAliasPredatesKubernetes } from './ami-alias-predates-kubernetes.ts';
import { amiFamilyMissingOrContradicting } from './ami-family-missing-or-contradicting.ts';
import { amiIdNotPortable } from './ami-id-not-portable.ts';
import { amiIdOneArch } from './ami-id-one-arch.ts';
import { amiIdPlaceholder } from './ami-id-placeholder.ts';
import { amiMovingSelector } from './ami-moving-selector.ts';
import { amiNoImageForType } from './ami-no-image-for-type.ts';
import { amiOpenOwner } from './ami-open-owner.ts';
import { amiPinStale } from './ami-pin-stale.ts';
import { amiPinSurvivesUpgrade } from './ami-pin-survives-upgrade.ts';
import { amiTermFieldsIgnored } from './ami-term-fields-ignored.ts';
import { amiTermsMissing } from './ami-terms-missing.ts';
import { amiWindowsVersion } from './ami-windows-version.ts';

export const amiRules: readonly Rule[] = [
  amiAliasLatest,
  amiAliasMalformed,
  amiAliasPredatesKubernetes,
  amiPinSurvivesUpgrade,
  amiPinStale,
  amiTermsMissing,
  amiAl2Unsupported,
  amiAl2Deprecated,
  amiWindowsVersion,
  amiFamilyMissingOrContradicting,
  amiTermFieldsIgnored,
  amiOpenOwner,
  amiMovingSelector,
  amiIdPlaceholder,
  amiIdOneArch,
  amiAcceleratorNeedsOwnClass,
  amiNoImageForType,
  amiIdNotPortable,
];
