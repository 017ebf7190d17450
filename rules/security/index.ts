import type { Rule } from '../../src/lint/rule.ts';
import { imdsDefaultChanged } from './imds-default-changed.ts';
import { imdsDisabled } from './imds-disabled.ts';
import { imdsHopLimitBreaksWorkload } from './imds-hop-limit-breaks-workload.ts';
import { imdsHopLimitHigh } from './imds-hop-limit-high.ts';
import { imdsTokensOptional } from './imds-tokens-optional.ts';
import { secPlaceholderAccount } from './sec-placeholder-account.ts';
import { secPublicIp } from './sec-public-ip.ts';
import { storageUnencrypted } from './storage-unencrypted.ts';

export const securityRules: readonly Rule[] = [
  imdsTokensOptional,
  imdsHopLimitHigh,
  imdsHopLimitBreaksWorkload,
  imdsDefaultChanged,
  imdsDisabled,
  secPublicIp,
  storageUnencrypted,
  secPlaceholderAccount,
];
