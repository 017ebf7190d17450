import { minorOf } from '../algebra/version.ts';
import type { Target } from '../lint/world.ts';
import { sharedParameters } from './keys.ts';
import type { Settings } from './settings.ts';

/** The cluster that the input is judged for. */
export function targetOf(settings: Settings): Target {
  const { karpenterVersion, kubernetesVersion, region, zones } = settings;
  const { profile, closedWorld, externalClasses, minValuesPolicy, preferencePolicy } = settings;
  return {
    karpenterVersion,
    karpenterMinor: minorOf(karpenterVersion),
    kubernetesVersion,
    region,
    zones,
    profile,
    closedWorld,
    externalClasses,
    minValuesPolicy,
    preferencePolicy,
  };
}

/** What rules read as `World.settings`: `timezone`, `removers` and their like, where they are set. */
export function sharedSettings(settings: Settings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => Object.hasOwn(sharedParameters, key)));
}
