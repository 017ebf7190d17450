import type { Rule } from '../../src/lint/rule.ts';
import { configAllowExpired } from './config-allow-expired.ts';
import { configDuplicateKey } from './config-duplicate-key.ts';
import { configInvalidValue } from './config-invalid-value.ts';
import { configMissingKey } from './config-missing-key.ts';
import { configUnknownKey } from './config-unknown-key.ts';
import { configUnknownParameter } from './config-unknown-parameter.ts';
import { configUnknownRule } from './config-unknown-rule.ts';
import { configWrongType } from './config-wrong-type.ts';

export const configRules: readonly Rule[] = [
  configUnknownKey,
  configWrongType,
  configInvalidValue,
  configMissingKey,
  configUnknownRule,
  configUnknownParameter,
  configDuplicateKey,
  configAllowExpired,
];
