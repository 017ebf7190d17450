import type { Rule } from '../../src/lint/rule.ts';
import { allowExpired } from './allow-expired.ts';
import { allowUnknownRule } from './allow-unknown-rule.ts';
import { allowUnused } from './allow-unused.ts';
import { allowWithoutReason } from './allow-without-reason.ts';

export const allowRules: readonly Rule[] = [allowWithoutReason, allowUnknownRule, allowExpired, allowUnused];
