import type { Rule } from '../../src/lint/rule.ts';
import { inputAliasBomb } from './input-alias-bomb.ts';
import { inputEncoding } from './input-encoding.ts';
import { inputMergeConflict } from './input-merge-conflict.ts';
import { inputNotAnObject } from './input-not-an-object.ts';
import { inputNul } from './input-nul.ts';
import { inputSyntax } from './input-syntax.ts';
import { inputTab } from './input-tab.ts';
import { inputTooDeep } from './input-too-deep.ts';
import { inputTooLarge } from './input-too-large.ts';

export const inputRules: readonly Rule[] = [
  inputSyntax,
  inputTab,
  inputMergeConflict,
  inputEncoding,
  inputNul,
  inputTooLarge,
  inputTooDeep,
  inputAliasBomb,
  inputNotAnObject,
];
