import type { Catalog } from '../catalog/catalog.ts';
import { regionOfZone } from '../catalog/regions.ts';
import type { Plain } from '../diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../document/document.ts';
import { mayNameZone } from '../document/mentions.ts';
import { MapNode, type Node, SeqNode } from '../document/node.ts';
import { knownObject } from './known-part.ts';
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
  objects: readonly KubernetesObject[],
  catalog: Catalog,
): Surroundings {
  const subnets = classes.flatMap((one) => (one.facts.zones ?? []).map(({ zone }) => zone));
  const said = [...(facts.zones ?? []), ...subnets];
  const named = zonesIn(objects);
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

/** Zones that values of an object name, but for what hangs on a placeholder. */
function zonesIn(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const object of objects) {
    if (!mayNameZone(object)) continue;
    const own: string[] = [];
    if (!collectInTree(object.node, own)) {
      own.length = 0;
      collectZones(knownObject(object), own);
    }
    for (const zone of own) found.add(zone);
  }
  return found;
}

/** False where it met a placeholder. Most objects have none, and to make data of every workload takes longer. */
function collectInTree(node: Node, found: string[]): boolean {
  if (node instanceof MapNode) return node.entries.every(({ key, value }) => !key.unresolved && collectInTree(value, found));
  if (node instanceof SeqNode) return node.items.every((item) => collectInTree(item, found));
  collectZones(node.value, found);
  return !node.unresolved;
}

function collectZones(value: Plain, found: string[]): void {
  if (typeof value === 'string') {
    if (regionOfZone(value) !== undefined) found.push(value);
  } else if (Array.isArray(value)) for (const item of value) collectZones(item, found);
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) collectZones(part, found);
}
