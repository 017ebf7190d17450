import type { Rule } from '../../src/lint/rule.ts';
import { changeRejectedOnUpdate } from './change-rejected-on-update.ts';

export const changeRules: readonly Rule[] = [changeRejectedOnUpdate];
