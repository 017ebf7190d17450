import type { Rule } from '../../src/lint/rule.ts';
import { gitopsDuplicateObject } from './gitops-duplicate-object.ts';

export const gitopsRules: readonly Rule[] = [gitopsDuplicateObject];
