import type { Catalog } from '../../../src/catalog/catalog.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import type { KubernetesObject } from '../../../src/document/document.ts';
import { parse } from '../../../src/document/parse.ts';
import { type Prover, prover } from '../../../src/prover/prover.ts';
import type { ProofFacts } from '../../../src/prover/question.ts';
import { smallCatalog } from '../small-catalog.ts';
import { fleetTypes, type Manifest } from './random-fleet.ts';

export const whole: Catalog = await loadCatalog();
/** A dozen types: enough to choose from, and quick. */
export const few: Catalog = smallCatalog(whole, fleetTypes);

export const facts: ProofFacts = {
  karpenterVersion: '1.15',
  region: 'us-east-1',
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
  nodeOverlay: false,
  now: Date.UTC(2026, 10, 24),
  scale: 'current',
};

export async function objectsOf(manifests: readonly Manifest[]): Promise<readonly KubernetesObject[]> {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }, null, 1);
  return (await parse({ file: 'fleet.json', text })).flatMap(({ objects }) => objects);
}

export async function prove(
  manifests: readonly Manifest[],
  more: Partial<ProofFacts> = {},
  catalog: Catalog = few,
): Promise<Prover> {
  return prover({ objects: await objectsOf(manifests), declared: [], facts: { ...facts, ...more }, catalog });
}

export function withSpot(catalog: Catalog): Catalog {
  const zones = new Map((facts.zones ?? []).map((zone) => [zone, 0.01]));
  return { ...catalog, spotPrices: new Map([['us-east-1', new Map(catalog.types.names.map((name) => [name, zones]))]]) };
}
