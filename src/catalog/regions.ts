import type { PackedRegion } from './packed.ts';

export interface Region {
  readonly name: string;
  readonly partition: 'aws' | 'aws-us-gov' | 'aws-cn';
  /** Availability zones by name. Local and wavelength zones are not among them. */
  readonly zones: readonly string[];
  /** Where an account sees fewer zones than the region has letters. */
  readonly zonesPerAccount: number | undefined;
  /** False where the letters are common knowledge that nobody has checked: do not refuse a zone on their word. */
  readonly verified: boolean;
}

export function region({ name, zoneLetters, zonesPerAccount, verified }: PackedRegion): Region {
  return {
    name,
    partition: partitionOf(name),
    zones: [...zoneLetters].map((letter) => name + letter),
    zonesPerAccount,
    verified,
  };
}

export function partitionOf(regionName: string): Region['partition'] {
  if (regionName.startsWith('us-gov-')) return 'aws-us-gov';
  return regionName.startsWith('cn-') ? 'aws-cn' : 'aws';
}

/** The region that a zone's name begins with: `us-east-1a`, and local or wavelength zones such as `us-west-2-lax-1a` or `us-east-1-wl1-bos-wlz-1`. */
export function regionOfZone(zone: string): string | undefined {
  return /^([a-z]{2}(?:-[a-z]+)+-\d+)(?:[a-z]|(?:-[a-z0-9]+)+)$/.exec(zone)?.[1];
}
