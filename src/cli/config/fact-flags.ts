import { clusterFacts } from '../../config/keys.ts';
import type { Key, Shape } from '../../lint/shape.ts';

/** A key of the configuration that is also a flag and an environment variable. */
export interface FactFlag {
  /** In the configuration: `karpenterVersion`. */
  readonly key: string;
  /** On the command line, without dashes: `karpenter-version`. */
  readonly flag: string;
  /** In the environment: `POOLPROOF_KARPENTER_VERSION`. */
  readonly variable: string;
  readonly shape: Shape;
  readonly says: string;
}

/** Lists of which a flag gives one item at a time are spelt in the singular. */
const singular: Readonly<Record<string, string>> = { externalClasses: 'external-class' };

/** Every fact about a cluster, in the order of the configuration's documentation. */
export const factFlags: readonly FactFlag[] = Object.entries(clusterFacts as Readonly<Record<string, Key>>).map(
  ([key, { shape, says }]) => {
    const flag = singular[key] ?? kebab(key);
    return { key, flag, variable: variableOf(flag), shape, says };
  },
);

export function variableOf(flag: string): string {
  return `POOLPROOF_${flag.replaceAll('-', '_').toUpperCase()}`;
}

export function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name under which commander hands a flag's value over. */
export function camel(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
