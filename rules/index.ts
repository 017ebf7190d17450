import type { Rule } from '../src/lint/rule.ts';
import { allowExpired } from './allow/allow-expired.ts';
import { allowUnknownRule } from './allow/allow-unknown-rule.ts';
import { allowUnused } from './allow/allow-unused.ts';
import { allowWithoutReason } from './allow/allow-without-reason.ts';
import { amiAl2Deprecated } from './ami/ami-al2-deprecated.ts';
import { amiAl2Unsupported } from './ami/ami-al2-unsupported.ts';
import { amiAliasLatest } from './ami/ami-alias-latest.ts';
import { amiAliasMalformed } from './ami/ami-alias-malformed.ts';
import { amiAliasPredatesKubernetes } from './ami/ami-alias-predates-kubernetes.ts';
import { amiFamilyMissingOrContradicting } from './ami/ami-family-missing-or-contradicting.ts';
import { amiIdOneArch } from './ami/ami-id-one-arch.ts';
import { amiIdPlaceholder } from './ami/ami-id-placeholder.ts';
import { amiMovingSelector } from './ami/ami-moving-selector.ts';
import { amiOpenOwner } from './ami/ami-open-owner.ts';
import { amiPinStale } from './ami/ami-pin-stale.ts';
import { amiTermFieldsIgnored } from './ami/ami-term-fields-ignored.ts';
import { amiTermsMissing } from './ami/ami-terms-missing.ts';
import { amiWindowsVersion } from './ami/ami-windows-version.ts';
import { changeRejectedOnUpdate } from './change/change-rejected-on-update.ts';
import { configAllowExpired } from './config/config-allow-expired.ts';
import { configDuplicateKey } from './config/config-duplicate-key.ts';
import { configInvalidValue } from './config/config-invalid-value.ts';
import { configMissingKey } from './config/config-missing-key.ts';
import { configUnknownKey } from './config/config-unknown-key.ts';
import { configUnknownParameter } from './config/config-unknown-parameter.ts';
import { configUnknownRule } from './config/config-unknown-rule.ts';
import { configWrongType } from './config/config-wrong-type.ts';
import { budgetCronInvalid } from './disruption/budget-cron-invalid.ts';
import { budgetCronNeverFires } from './disruption/budget-cron-never-fires.ts';
import { budgetDurationZero } from './disruption/budget-duration-zero.ts';
import { budgetEmptyList } from './disruption/budget-empty-list.ts';
import { budgetEmptyReasons } from './disruption/budget-empty-reasons.ts';
import { budgetFullPool } from './disruption/budget-full-pool.ts';
import { budgetIgnoresExpiration } from './disruption/budget-ignores-expiration.ts';
import { budgetNoFloor } from './disruption/budget-no-floor.ts';
import { budgetPercentOfFew } from './disruption/budget-percent-of-few.ts';
import { budgetReasonsLeaveGap } from './disruption/budget-reasons-leave-gap.ts';
import { budgetTimezoneUtc } from './disruption/budget-timezone-utc.ts';
import { budgetWindowAlwaysActive } from './disruption/budget-window-always-active.ts';
import { budgetWindowCannotRaise } from './disruption/budget-window-cannot-raise.ts';
import { budgetZeroAlways } from './disruption/budget-zero-always.ts';
import { disruptionBlockAbsent } from './disruption/disruption-block-absent.ts';
import { disruptionConsolidateAfterRequired } from './disruption/disruption-consolidate-after-required.ts';
import { disruptionConsolidateAfterShort } from './disruption/disruption-consolidate-after-short.ts';
import { disruptionConsolidationOff } from './disruption/disruption-consolidation-off.ts';
import { disruptionDoNotDisruptOnTemplate } from './disruption/disruption-do-not-disrupt-on-template.ts';
import { expireAfterImplicit } from './disruption/expire-after-implicit.ts';
import { expireAfterLongOrNever } from './disruption/expire-after-long-or-never.ts';
import { expireAfterShort } from './disruption/expire-after-short.ts';
import { expireAfterWithoutTgp } from './disruption/expire-after-without-tgp.ts';
import { expireAfterZero } from './disruption/expire-after-zero.ts';
import { nodeLifetimeOverPolicy } from './disruption/node-lifetime-over-policy.ts';
import { staticPoolFieldsIgnored } from './disruption/static-pool-fields-ignored.ts';
import { tgpLong } from './disruption/tgp-long.ts';
import { tgpShort } from './disruption/tgp-short.ts';
import { gitopsDuplicateObject } from './gitops/gitops-duplicate-object.ts';
import { detailedMonitoringCost } from './identity/detailed-monitoring-cost.ts';
import { instanceProfileIsArn } from './identity/instance-profile-is-arn.ts';
import { roleIsArn } from './identity/role-is-arn.ts';
import { roleNameTooLong } from './identity/role-name-too-long.ts';
import { tagsDiscoveryOnInstances } from './identity/tags-discovery-on-instances.ts';
import { tagsFixedName } from './identity/tags-fixed-name.ts';
import { tagsRequiredMissing } from './identity/tags-required-missing.ts';
import { tagsRestricted } from './identity/tags-restricted.ts';
import { tagsTooMany } from './identity/tags-too-many.ts';
import { inputAliasBomb } from './input/input-alias-bomb.ts';
import { inputEncoding } from './input/input-encoding.ts';
import { inputMergeConflict } from './input/input-merge-conflict.ts';
import { inputNotAnObject } from './input/input-not-an-object.ts';
import { inputNul } from './input/input-nul.ts';
import { inputSyntax } from './input/input-syntax.ts';
import { inputTab } from './input/input-tab.ts';
import { inputTooDeep } from './input/input-too-deep.ts';
import { inputTooLarge } from './input/input-too-large.ts';
import { limitsMemoryMissing } from './limits/limits-memory-missing.ts';
import { limitsMissing } from './limits/limits-missing.ts';
import { limitsNoHeadroom } from './limits/limits-no-headroom.ts';
import { limitsQuoteQuantity } from './limits/limits-quote-quantity.ts';
import { limitsUnitSuspicious } from './limits/limits-unit-suspicious.ts';
import { limitsUnknownResource } from './limits/limits-unknown-resource.ts';
import { netCapacityReservationEmptyList } from './network/net-capacity-reservation-empty-list.ts';
import { netEfaPublicIp } from './network/net-efa-public-ip.ts';
import { selectorClusterTagAnded } from './network/selector-cluster-tag-anded.ts';
import { selectorCommaList } from './network/selector-comma-list.ts';
import { selectorDiscoveryMismatch } from './network/selector-discovery-mismatch.ts';
import { selectorEmptyTagValue } from './network/selector-empty-tag-value.ts';
import { selectorFieldsIgnored } from './network/selector-fields-ignored.ts';
import { selectorSgClusterTag } from './network/selector-sg-cluster-tag.ts';
import { selectorTooBroad } from './network/selector-too-broad.ts';
import { subnetsOneZone } from './network/subnets-one-zone.ts';
import { overlapIdenticalPools } from './overlap/overlap-identical-pools.ts';
import { overlapNoDefaultPool } from './overlap/overlap-no-default-pool.ts';
import { overlapSameWeight } from './overlap/overlap-same-weight.ts';
import { overlayPriceXor } from './overlap/overlay-price-xor.ts';
import { poolCountHigh } from './overlap/pool-count-high.ts';
import { classSharedByMany } from './reference/class-shared-by-many.ts';
import { nodeclassConsumableCapacityInvalid } from './reference/nodeclass-consumable-capacity-invalid.ts';
import { nodeclassUnused } from './reference/nodeclass-unused.ts';
import { refNodeclassMissing } from './reference/ref-nodeclass-missing.ts';
import { refUnmanagedClass } from './reference/ref-unmanaged-class.ts';
import { reservationNotAllowedByPool } from './reference/reservation-not-allowed-by-pool.ts';
import { reservedOnlyBlocksFallback } from './reference/reserved-only-blocks-fallback.ts';
import { reservedOnlyNoFallback } from './reference/reserved-only-no-fallback.ts';
import { reservedWithoutReservation } from './reference/reserved-without-reservation.ts';
import { reqArchOsValue } from './requirements/req-arch-os-value.ts';
import { reqBurstable } from './requirements/req-burstable.ts';
import { reqCapacityTypeValue } from './requirements/req-capacity-type-value.ts';
import { reqCategoryLooksLikeFamily } from './requirements/req-category-looks-like-family.ts';
import { reqConflictingOs } from './requirements/req-conflicting-os.ts';
import { reqContradiction } from './requirements/req-contradiction.ts';
import { reqCustomLabelExists } from './requirements/req-custom-label-exists.ts';
import { reqDeprecatedKey } from './requirements/req-deprecated-key.ts';
import { reqEc2nodeclassKey } from './requirements/req-ec2nodeclass-key.ts';
import { reqEmptyInstanceSet } from './requirements/req-empty-instance-set.ts';
import { reqFlex } from './requirements/req-flex.ts';
import { reqGenerationExcludesCategory } from './requirements/req-generation-excludes-category.ts';
import { reqLabelOnPoolMetadata } from './requirements/req-label-on-pool-metadata.ts';
import { reqMetalListIncomplete } from './requirements/req-metal-list-incomplete.ts';
import { reqMinValuesUnreachable } from './requirements/req-min-values-unreachable.ts';
import { reqMissingArch } from './requirements/req-missing-arch.ts';
import { reqMultiArchUnverified } from './requirements/req-multi-arch-unverified.ts';
import { reqNone } from './requirements/req-none.ts';
import { reqNumericOnOptionalLabel } from './requirements/req-numeric-on-optional-label.ts';
import { reqNumericOnWord } from './requirements/req-numeric-on-word.ts';
import { reqOldGenerationAllowed } from './requirements/req-old-generation-allowed.ts';
import { reqRedundant } from './requirements/req-redundant.ts';
import { reqSingleZone } from './requirements/req-single-zone.ts';
import { reqTenancyValue } from './requirements/req-tenancy-value.ts';
import { reqTooMany } from './requirements/req-too-many.ts';
import { reqUnknownCatalogueValue } from './requirements/req-unknown-catalogue-value.ts';
import { reqUnknownKarpenterLabel } from './requirements/req-unknown-karpenter-label.ts';
import { reqValuesIgnored } from './requirements/req-values-ignored.ts';
import { reqWrongDomain } from './requirements/req-wrong-domain.ts';
import { reqZoneValue } from './requirements/req-zone-value.ts';
import { apiAutoModeMixup } from './schema/api-auto-mode-mixup.ts';
import { apiCelViolation } from './schema/api-cel-violation.ts';
import { apiControllerOwnedField } from './schema/api-controller-owned-field.ts';
import { apiDuplicateKey } from './schema/api-duplicate-key.ts';
import { apiFieldNeedsNewerVersion } from './schema/api-field-needs-newer-version.ts';
import { apiMovedField } from './schema/api-moved-field.ts';
import { apiNamespaced } from './schema/api-namespaced.ts';
import { apiNodeclaimInGit } from './schema/api-nodeclaim-in-git.ts';
import { apiRemovedAnnotationOrLabel } from './schema/api-removed-annotation-or-label.ts';
import { apiRequiredFieldMissing } from './schema/api-required-field-missing.ts';
import { apiUnknownField } from './schema/api-unknown-field.ts';
import { apiValueOutOfSchema } from './schema/api-value-out-of-schema.ts';
import { apiVersionRemoved } from './schema/api-version-removed.ts';
import { apiYamlType } from './schema/api-yaml-type.ts';
import { runtimeValidationFails } from './schema/runtime-validation-fails.ts';
import { weightOutOfRange } from './schema/weight-out-of-range.ts';
import { imdsDisabled } from './security/imds-disabled.ts';
import { imdsHopLimitHigh } from './security/imds-hop-limit-high.ts';
import { imdsTokensOptional } from './security/imds-tokens-optional.ts';
import { secPlaceholderAccount } from './security/sec-placeholder-account.ts';
import { secPublicIp } from './security/sec-public-ip.ts';
import { storageUnencrypted } from './security/storage-unencrypted.ts';
import { odFlexibilityLow } from './spot/od-flexibility-low.ts';
import { spotGraceOverTwoMinutes } from './spot/spot-grace-over-two-minutes.ts';
import { spotImplicit } from './spot/spot-implicit.ts';
import { spotMinValuesAbsent } from './spot/spot-min-values-absent.ts';
import { spotMinValuesDisablesFilters } from './spot/spot-min-values-disables-filters.ts';
import { spotSingleType } from './spot/spot-single-type.ts';
import { spotStateful } from './spot/spot-stateful.ts';
import { spotTooFewFamilies } from './spot/spot-too-few-families.ts';
import { spotTooFewTypes } from './spot/spot-too-few-types.ts';
import { spotWeightInverted } from './spot/spot-weight-inverted.ts';
import { storageBottlerocketDataVolume } from './storage/storage-bottlerocket-data-volume.ts';
import { storageCustomLastMapping } from './storage/storage-custom-last-mapping.ts';
import { storageDeleteOnTerminationFalse } from './storage/storage-delete-on-termination-false.ts';
import { storageDeviceNotFamilyRoot } from './storage/storage-device-not-family-root.ts';
import { storageGp2 } from './storage/storage-gp2.ts';
import { storageIopsThroughput } from './storage/storage-iops-throughput.ts';
import { storageKmsKey } from './storage/storage-kms-key.ts';
import { storageMappingIncomplete } from './storage/storage-mapping-incomplete.ts';
import { storageRaid0NotDone } from './storage/storage-raid0-not-done.ts';
import { storageRootVolumeFlagWrong } from './storage/storage-root-volume-flag-wrong.ts';
import { storageRootVolumeSmall } from './storage/storage-root-volume-small.ts';
import { storageVolumeSizeFormat } from './storage/storage-volume-size-format.ts';
import { startupTaintListedAsTaint } from './taints/startup-taint-listed-as-taint.ts';
import { startupTaintNoRemover } from './taints/startup-taint-no-remover.ts';
import { taintDuplicate } from './taints/taint-duplicate.ts';
import { taintPreferNoSchedule } from './taints/taint-prefer-no-schedule.ts';
import { taintReservedKey } from './taints/taint-reserved-key.ts';
import { kubeletEnumUnchecked } from './user-data/kubelet-enum-unchecked.ts';
import { kubeletEvictionSoftNotCounted } from './user-data/kubelet-eviction-soft-not-counted.ts';
import { kubeletExpressionGateOff } from './user-data/kubelet-expression-gate-off.ts';
import { kubeletFieldNotForFamily } from './user-data/kubelet-field-not-for-family.ts';
import { kubeletPodsPerCoreBottlerocket } from './user-data/kubelet-pods-per-core-bottlerocket.ts';
import { kubeletUnknownField } from './user-data/kubelet-unknown-field.ts';
import { kubeletValueInvalid } from './user-data/kubelet-value-invalid.ts';
import { userdataAl2PathsOnAl2023 } from './user-data/userdata-al2-paths-on-al2023.ts';
import { userdataCallsBootstrap } from './user-data/userdata-calls-bootstrap.ts';
import { userdataCustomKubeletNotMirrored } from './user-data/userdata-custom-kubelet-not-mirrored.ts';
import { userdataCustomNoUnregisteredTaint } from './user-data/userdata-custom-no-unregistered-taint.ts';
import { userdataInvisibleReservation } from './user-data/userdata-invisible-reservation.ts';
import { userdataMimeBroken } from './user-data/userdata-mime-broken.ts';
import { userdataOverriddenByKarpenter } from './user-data/userdata-overridden-by-karpenter.ts';
import { userdataSecret } from './user-data/userdata-secret.ts';
import { userdataShellReadAsYaml } from './user-data/userdata-shell-read-as-yaml.ts';
import { userdataSlowBoot } from './user-data/userdata-slow-boot.ts';
import { userdataTomlBroken } from './user-data/userdata-toml-broken.ts';
import { userdataTooLarge } from './user-data/userdata-too-large.ts';
import { userdataWrongFormat } from './user-data/userdata-wrong-format.ts';

/** Every rule, in the order of its code. */
export const rules: readonly Rule[] = [
  inputSyntax,
  inputTab,
  inputMergeConflict,
  inputEncoding,
  inputNul,
  inputTooLarge,
  inputTooDeep,
  inputAliasBomb,
  inputNotAnObject,
  allowWithoutReason,
  allowUnknownRule,
  allowExpired,
  allowUnused,
  configUnknownKey,
  configWrongType,
  configInvalidValue,
  configMissingKey,
  configUnknownRule,
  configUnknownParameter,
  configDuplicateKey,
  configAllowExpired,
  apiVersionRemoved,
  apiMovedField,
  apiUnknownField,
  apiFieldNeedsNewerVersion,
  apiRequiredFieldMissing,
  apiValueOutOfSchema,
  weightOutOfRange,
  apiCelViolation,
  apiYamlType,
  apiDuplicateKey,
  apiRemovedAnnotationOrLabel,
  apiControllerOwnedField,
  apiNodeclaimInGit,
  apiAutoModeMixup,
  apiNamespaced,
  runtimeValidationFails,
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
  reqCustomLabelExists,
  reqLabelOnPoolMetadata,
  reqTooMany,
  reqSingleZone,
  reqBurstable,
  reqFlex,
  reqConflictingOs,
  spotTooFewFamilies,
  spotTooFewTypes,
  spotSingleType,
  spotImplicit,
  spotWeightInverted,
  spotGraceOverTwoMinutes,
  spotStateful,
  spotMinValuesDisablesFilters,
  odFlexibilityLow,
  spotMinValuesAbsent,
  disruptionConsolidateAfterRequired,
  disruptionConsolidateAfterShort,
  disruptionConsolidationOff,
  disruptionBlockAbsent,
  budgetCronInvalid,
  budgetCronNeverFires,
  budgetTimezoneUtc,
  budgetWindowCannotRaise,
  budgetNoFloor,
  budgetReasonsLeaveGap,
  budgetEmptyReasons,
  budgetEmptyList,
  budgetZeroAlways,
  budgetWindowAlwaysActive,
  budgetDurationZero,
  budgetPercentOfFew,
  budgetFullPool,
  budgetIgnoresExpiration,
  expireAfterWithoutTgp,
  expireAfterZero,
  expireAfterShort,
  expireAfterLongOrNever,
  expireAfterImplicit,
  tgpShort,
  tgpLong,
  nodeLifetimeOverPolicy,
  disruptionDoNotDisruptOnTemplate,
  staticPoolFieldsIgnored,
  limitsMissing,
  limitsMemoryMissing,
  limitsUnknownResource,
  limitsUnitSuspicious,
  limitsQuoteQuantity,
  limitsNoHeadroom,
  taintDuplicate,
  startupTaintNoRemover,
  startupTaintListedAsTaint,
  taintReservedKey,
  taintPreferNoSchedule,
  amiAliasLatest,
  amiAliasMalformed,
  amiAliasPredatesKubernetes,
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
  userdataWrongFormat,
  userdataShellReadAsYaml,
  userdataCallsBootstrap,
  userdataAl2PathsOnAl2023,
  userdataOverriddenByKarpenter,
  userdataInvisibleReservation,
  userdataCustomNoUnregisteredTaint,
  userdataCustomKubeletNotMirrored,
  userdataMimeBroken,
  userdataTomlBroken,
  userdataTooLarge,
  userdataSecret,
  userdataSlowBoot,
  kubeletPodsPerCoreBottlerocket,
  kubeletEvictionSoftNotCounted,
  kubeletUnknownField,
  kubeletFieldNotForFamily,
  kubeletValueInvalid,
  kubeletExpressionGateOff,
  kubeletEnumUnchecked,
  imdsTokensOptional,
  imdsHopLimitHigh,
  imdsDisabled,
  secPublicIp,
  storageUnencrypted,
  secPlaceholderAccount,
  storageMappingIncomplete,
  storageDeviceNotFamilyRoot,
  storageBottlerocketDataVolume,
  storageRootVolumeFlagWrong,
  storageRootVolumeSmall,
  storageCustomLastMapping,
  storageIopsThroughput,
  storageGp2,
  storageDeleteOnTerminationFalse,
  storageRaid0NotDone,
  storageKmsKey,
  storageVolumeSizeFormat,
  selectorFieldsIgnored,
  selectorEmptyTagValue,
  selectorCommaList,
  selectorClusterTagAnded,
  selectorSgClusterTag,
  selectorTooBroad,
  selectorDiscoveryMismatch,
  subnetsOneZone,
  netEfaPublicIp,
  netCapacityReservationEmptyList,
  tagsRestricted,
  tagsDiscoveryOnInstances,
  tagsRequiredMissing,
  tagsTooMany,
  tagsFixedName,
  roleIsArn,
  instanceProfileIsArn,
  roleNameTooLong,
  detailedMonitoringCost,
  refNodeclassMissing,
  refUnmanagedClass,
  nodeclassUnused,
  reservationNotAllowedByPool,
  reservedWithoutReservation,
  reservedOnlyNoFallback,
  classSharedByMany,
  reservedOnlyBlocksFallback,
  nodeclassConsumableCapacityInvalid,
  overlapSameWeight,
  overlapIdenticalPools,
  overlapNoDefaultPool,
  poolCountHigh,
  overlayPriceXor,
  changeRejectedOnUpdate,
  gitopsDuplicateObject,
];
