import type { Catalog } from '../catalog/catalog.ts';
import { regionOfZone } from '../catalog/regions.ts';
import type { Plain } from '../diagnostic/diagnostic.ts';
import type { AskedClass, ProofFacts } from './question.ts';

/** Where the cluster is taken to be. */
export interface Surroundings {
  readonly region: string;
  /** Every zone that subnets may lie in, as far as anybody names one: known ones, and those that manifests ask for. */
  readonly zones: readonly string[];
  readonly assumptions: readonly string[];
}

export function surroundings(
  facts: ProofFacts,
  classes: readonly AskedClass[],
  manifests: readonly Plain[],
  catalog: Catalog,
): Surroundings {
  const subnets = classes.flatMap((one) => (one.facts.zones ?? []).map(({ zone }) => zone));
  const said = [...(facts.zones ?? []), ...subnets];
  const named = new Set<string>();
  for (const manifest of manifests) collectZones(manifest, named);
  const [first] = said.length > 0 ? said : [...named].sort();
  const inferred = first === undefined ? undefined : regionOfZone(first);
  const region = facts.region ?? inferred ?? 'us-east-1';
  const known = catalog.regions.get(region)?.zones ?? ['a', 'b', 'c'].map((letter) => region + letter);
  const isKnown = said.length > 0 && classes.every(({ unknown }) => !unknown.has('zones'));
  const asked = [...named].filter((zone) => regionOfZone(zone) === region);
  const zones = [...new Set([...said, ...(isKnown ? [] : known), ...asked])].sort();
  const assumptions = facts.region === undefined ? [`the region is ${region}${inferred ? ', after the zones in view' : ''}`] : [];
  return { region, zones, assumptions };
}

function collectZones(value: Plain, found: Set<string>): void {
  if (typeof value === 'string') {
    if (regionOfZone(value) !== undefined) found.add(value);
  } else if (Array.isArray(value)) for (const item of value) collectZones(item, found);
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) collectZones(part, found);
}
