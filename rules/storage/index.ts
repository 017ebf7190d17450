import type { Rule } from '../../src/lint/rule.ts';
import { storageBottlerocketDataVolume } from './storage-bottlerocket-data-volume.ts';
import { storageCustomLastMapping } from './storage-custom-last-mapping.ts';
import { storageDeleteOnTerminationFalse } from './storage-delete-on-termination-false.ts';
import { storageDeviceNotFamilyRoot } from './storage-device-not-family-root.ts';
import { storageGp2 } from './storage-gp2.ts';
import { storageIopsThroughput } from './storage-iops-throughput.ts';
import { storageKmsKey } from './storage-kms-key.ts';
import { storageMappingIncomplete } from './storage-mapping-incomplete.ts';
import { storageNvmeUnused } from './storage-nvme-unused.ts';
import { storageRaid0NotDone } from './storage-raid0-not-done.ts';
import { storageRootVolumeFlagWrong } from './storage-root-volume-flag-wrong.ts';
import { storageRootVolumeSmall } from './storage-root-volume-small.ts';
import { storageVolumeSizeFormat } from './storage-volume-size-format.ts';

export const storageRules: readonly Rule[] = [
  storageMappingIncomplete,
  storageDeviceNotFamilyRoot,
  storageBottlerocketDataVolume,
  storageRootVolumeFlagWrong,
  storageRootVolumeSmall,
  storageCustomLastMapping,
  storageIopsThroughput,
  storageGp2,
  storageDeleteOnTerminationFalse,
  storageNvmeUnused,
  storageRaid0NotDone,
  storageKmsKey,
  storageVolumeSizeFormat,
];
