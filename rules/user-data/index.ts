import type { Rule } from '../../src/lint/rule.ts';
import { kubeletEnumUnchecked } from './kubelet-enum-unchecked.ts';
import { kubeletEvictionSoftNotCounted } from './kubelet-eviction-soft-not-counted.ts';
import { kubeletExpressionFails } from './kubelet-expression-fails.ts';
import { kubeletExpressionGateOff } from './kubelet-expression-gate-off.ts';
import { kubeletFieldNotForFamily } from './kubelet-field-not-for-family.ts';
import { kubeletMaxPodsAboveEni } from './kubelet-max-pods-above-eni.ts';
import { kubeletPodsPerCoreBottlerocket } from './kubelet-pods-per-core-bottlerocket.ts';
import { kubeletPrefixDelegationNeedsNitro } from './kubelet-prefix-delegation-needs-nitro.ts';
import { kubeletPrefixDelegationNotTold } from './kubelet-prefix-delegation-not-told.ts';
import { kubeletReservationEatsNode } from './kubelet-reservation-eats-node.ts';
import { kubeletReservedMissingOnDense } from './kubelet-reserved-missing-on-dense.ts';
import { kubeletUnknownField } from './kubelet-unknown-field.ts';
import { kubeletValueInvalid } from './kubelet-value-invalid.ts';
import { userdataAl2PathsOnAl2023 } from './userdata-al2-paths-on-al2023.ts';
import { userdataCallsBootstrap } from './userdata-calls-bootstrap.ts';
import { userdataCustomKubeletNotMirrored } from './userdata-custom-kubelet-not-mirrored.ts';
import { userdataCustomNoUnregisteredTaint } from './userdata-custom-no-unregistered-taint.ts';
import { userdataInvisibleReservation } from './userdata-invisible-reservation.ts';
import { userdataMimeBroken } from './userdata-mime-broken.ts';
import { userdataOverriddenByKarpenter } from './userdata-overridden-by-karpenter.ts';
import { userdataSecret } from './userdata-secret.ts';
import { userdataShellReadAsYaml } from './userdata-shell-read-as-yaml.ts';
import { userdataSlowBoot } from './userdata-slow-boot.ts';
import { userdataTomlBroken } from './userdata-toml-broken.ts';
import { userdataTooLarge } from './userdata-too-large.ts';
import { userdataWrongFormat } from './userdata-wrong-format.ts';

export const userDataRules: readonly Rule[] = [
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
  kubeletMaxPodsAboveEni,
  kubeletPrefixDelegationNotTold,
  kubeletPrefixDelegationNeedsNitro,
  kubeletPodsPerCoreBottlerocket,
  kubeletReservationEatsNode,
  kubeletReservedMissingOnDense,
  kubeletEvictionSoftNotCounted,
  kubeletUnknownField,
  kubeletFieldNotForFamily,
  kubeletValueInvalid,
  kubeletExpressionGateOff,
  kubeletExpressionFails,
  kubeletEnumUnchecked,
];
