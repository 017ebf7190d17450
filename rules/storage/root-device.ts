import type { AmiFamilyName } from '../../src/model/ami-family.ts';

/** The device that holds the pods' disk on a family's images; undefined where the image decides. */
export function rootDevice(family: AmiFamilyName | undefined): string | undefined {
  switch (family) {
    case 'AL2':
    case 'AL2023':
      return '/dev/xvda';
    case 'Bottlerocket':
      return '/dev/xvdb';
    case 'Windows2019':
    case 'Windows2022':
    case 'Windows2025':
      return '/dev/sda1';
    default:
      return undefined;
  }
}
