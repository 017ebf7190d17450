import type { Rule } from '../../src/lint/rule.ts';
import { reqArchOsValue } from './req-arch-os-value.ts';
import { reqBurstable } from './req-burstable.ts';
import { reqCapacityTypeValue } from './req-capacity-type-value.ts';
import { reqCategoryLooksLikeFamily } from './req-category-looks-like-family.ts';
import { reqConflictingOs } from './req-conflicting-os.ts';
import { reqContradiction } from './req-contradiction.ts';
import { reqCustomLabelExists } from './req-custom-label-exists.ts';
import { reqDeprecatedKey } from './req-deprecated-key.ts';
import { reqEc2nodeclassKey } from './req-ec2nodeclass-key.ts';
import { reqEmptyInstanceSet } from './req-empty-instance-set.ts';
import { reqFlex } from './req-flex.ts';
import { reqGenerationExcludesCategory } from './req-generation-excludes-category.ts';
import { reqLabelOnPoolMetadata } from './req-label-on-pool-metadata.ts';
import { reqMetalListIncomplete } from './req-metal-list-incomplete.ts';
import { reqMinValuesStrandsPods } from './req-min-values-strands-pods.ts';
import { reqMinValuesUnreachable } from './req-min-values-unreachable.ts';
import { reqMissingArch } from './req-missing-arch.ts';
import { reqMultiArchUnverified } from './req-multi-arch-unverified.ts';
import { reqNone } from './req-none.ts';
import { reqNumericOnOptionalLabel } from './req-numeric-on-optional-label.ts';
import { reqNumericOnWord } from './req-numeric-on-word.ts';
import { reqOldGenerationAllowed } from './req-old-generation-allowed.ts';
import { reqRedundant } from './req-redundant.ts';
import { reqSingleZone } from './req-single-zone.ts';
import { reqTenancyValue } from './req-tenancy-value.ts';
import { reqTooMany } from './req-too-many.ts';
import { reqUnknownCatalogueValue } from './req-unknown-catalogue-value.ts';
import { reqUnknownKarpenterLabel } from './req-unknown-karpenter-label.ts';
import { reqValuesIgnored } from './req-values-ignored.ts';
import { reqWrongDomain } from './req-wrong-domain.ts';
import { reqZoneValue } from './req-zone-value.ts';

export const requirementsRules: readonly Rule[] = [
  reqUnknownKarpenterLabel,
  reqEc2nodeclassKey,
  reqWrongDomain,
  reqCategoryLooksLikeFamily,
  reqUnknownCatalogueValue,
  reqArchOsValue,
  reqCapacityTypeValue,
  reqTenancyValue,
  reqZoneValue,
  reqContradiction,
  reqEmptyInstanceSet,
  reqNumericOnWord,
  reqNumericOnOptionalLabel,
  reqValuesIgnored,
  reqDeprecatedKey,
  reqRedundant,
  reqGenerationExcludesCategory,
  reqOldGenerationAllowed,
  reqMissingArch,
  reqMultiArchUnverified,
  reqNone,
  reqMetalListIncomplete,
  reqMinValuesUnreachable,
  reqMinValuesStrandsPods,
  reqCustomLabelExists,
  reqLabelOnPoolMetadata,
  reqTooMany,
  reqSingleZone,
  reqBurstable,
  reqFlex,
  reqConflictingOs,
];
