import type { Taint, Toleration } from '../../algebra/taints.ts';
import { integer, type Read, shape, text } from './read.ts';

/** A toleration as written: the seconds decide nothing, but Karpenter tells spread constraints apart by them. */
export interface PodToleration extends Toleration {
  readonly tolerationSeconds?: number;
}

const written: Read<Partial<Taint>> = shape<Partial<Taint>>({ key: text, value: text, effect: text });

export const taint: Read<Taint> = (value, reading) => {
  const found = written(value, reading);
  return found && { key: '', effect: '', ...found };
};

export const toleration: Read<PodToleration> = shape<PodToleration>({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: integer,
});
