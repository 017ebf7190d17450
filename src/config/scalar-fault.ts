import { nearestWords } from '../algebra/nearest-word.ts';
import type { Plain } from '../diagnostic/diagnostic.ts';
import type { ConfigProblemKind } from '../document/document.ts';
import type { NumberShape, Shape, TextShape, WordShape } from '../lint/shape.ts';
import { nounOf } from './shape-noun.ts';

/** Why a single value is not what its shape wants, and known words that may have been meant. */
export interface ScalarFault {
  readonly kind: ConfigProblemKind;
  readonly message: string;
  readonly near: readonly string[];
}

export function scalarFault(value: Plain, shape: Shape): ScalarFault | undefined {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? textFault(value, shape) : wrong(shape);
    case 'word':
      return typeof value === 'string' ? wordFault(value, shape) : wrong(shape);
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrong(shape);
    case 'number':
      return typeof value === 'number' && isWithin(value, shape) ? undefined : wrong(shape);
    case 'any':
      return undefined;
    case 'either':
      return shape.of.some((each) => !scalarFault(value, each)) ? undefined : wrong(shape);
    default:
      return wrong(shape);
  }
}

function textFault(text: string, shape: TextShape): ScalarFault | undefined {
  if (shape.pattern && !shape.pattern.test(text)) return invalid(`${JSON.stringify(text)} is not ${shape.means}`);
  const fault = shape.fault?.(text);
  return fault === undefined ? undefined : invalid(`${JSON.stringify(text)} is not ${shape.means}: ${fault}`);
}

function wordFault(word: string, shape: WordShape): ScalarFault | undefined {
  if (shape.of.includes(word)) return undefined;
  const near = nearestWords(word, shape.of);
  const hint = near[0] === undefined ? '' : `; did you mean "${near[0]}"?`;
  if (shape.are === 'rule') return { kind: 'config-unknown-rule', message: `there is no rule "${word}"${hint}`, near };
  return { ...invalid(`"${word}" is not ${nounOf(shape)}${hint}`), near };
}

function isWithin(value: number, { isWhole, least }: NumberShape): boolean {
  return Number.isFinite(value) && (!isWhole || Number.isInteger(value)) && (least === undefined || value >= least);
}

function invalid(message: string): ScalarFault {
  return { kind: 'config-invalid-value', message, near: [] };
}

function wrong(shape: Shape): ScalarFault {
  return { kind: 'config-wrong-type', message: `it takes ${nounOf(shape)}`, near: [] };
}
