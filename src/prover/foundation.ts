import { minorOf } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { NodeClassFacts } from '../catalog/node-class-facts.ts';
import { PoolTables } from '../scheduler/pool-tables.ts';
import type { ScenarioSettings } from '../scheduler/scenario-settings.ts';
import { scenarioOffer } from '../scheduler/scenario-types.ts';
import type { SchedulerSettings } from '../scheduler/settings.ts';
import type { ProofFacts } from './question.ts';

/** What all questions about one region and one Karpenter stand on. */
export interface Foundation {
  readonly settings: SchedulerSettings;
  readonly tables: PoolTables;
  /** What a class is offered. Equal facts give the same list. */
  offer(nodeClass: NodeClassFacts): readonly InstanceType[];
}

interface Kept {
  readonly signature: string;
  readonly foundation: Foundation;
  uses: number;
}

/** Tables remember every set of requirements that they were asked about: after so many provers they are made anew. */
const mostUses = 200;

/** The last one of each catalog, for whoever asks again and again about one cluster, as the webhook does. */
const latest = new WeakMap<Catalog, Kept>();

export function foundationOf(catalog: Catalog, { region, zones }: ScenarioSettings, facts: ProofFacts): Foundation {
  const { karpenterVersion, preferencePolicy, minValuesPolicy } = facts;
  const signature = JSON.stringify([karpenterVersion, preferencePolicy, minValuesPolicy, region, zones]);
  const known = latest.get(catalog);
  if (known?.signature === signature && known.uses < mostUses) {
    known.uses++;
    return known.foundation;
  }
  const settings: SchedulerSettings = {
    karpenterVersion,
    preferencePolicy,
    minValuesPolicy,
    reservedCapacity: true,
    reservedOfferingMode: 'Strict',
  };
  const offer = offers(catalog, { region, zones }, karpenterVersion);
  const foundation = { settings, tables: new PoolTables(settings), offer };
  latest.set(catalog, { signature, foundation, uses: 1 });
  return foundation;
}

function offers(catalog: Catalog, settings: ScenarioSettings, karpenterVersion: string): Foundation['offer'] {
  const { of } = scenarioOffer(catalog, { from: 'catalog' }, settings, minorOf(karpenterVersion));
  const known = new Map<string, readonly InstanceType[]>();
  return (nodeClass) => {
    const signature = JSON.stringify(nodeClass);
    const types = known.get(signature) ?? of('', nodeClass);
    known.set(signature, types);
    return types;
  };
}
