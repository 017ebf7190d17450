import { allBits, type Bits, countBits } from '../../scheduler/bits.ts';
import { Daemons } from '../../scheduler/daemon-overhead.ts';
import type { DaemonPod } from '../../scheduler/daemon-pod.ts';
import { nodeClaimTemplate } from '../../scheduler/node-claim-template.ts';
import type { PoolTables } from '../../scheduler/pool-tables.ts';
import type { Narrowing } from '../proof.ts';
import type { AskedPool } from '../question.ts';
import { ofClass } from './class-steps.ts';
import { ofDaemonSets } from './daemon-step.ts';
import type { Funnel, Stage, Step } from './funnel.ts';
import { ofLimits } from './limit-steps.ts';
import { ofMinValues } from './min-values.ts';
import { ofReadiness } from './readiness-step.ts';
import { demandsOf, ofRequirements } from './requirement-steps.ts';
import { ofReservations } from './reservation-step.ts';

/** Every instance type that a pool would launch for some pod, and how it came to be those. */
export interface LaunchSet extends Funnel {
  readonly types: Bits;
  /** What class and requirements leave, whatever else stops it. */
  readonly demanded: Bits;
  /** What minValues is counted over. */
  readonly counted: Bits;
  readonly narrowing: readonly Narrowing[];
}

/** `daemons`: every DaemonSet's pod, whichever pools it fits. The pool is looked at as the only one, without a node yet. */
export function launchSet(asked: AskedPool, daemons: readonly DaemonPod[], tables: PoolTables): LaunchSet {
  const table = tables.of(asked.types);
  const demands = demandsOf(asked, tables.space);
  const requirements = demands.reduce((all, { set }) => all.add(set), tables.space.empty);
  const funnel: Funnel = { asked, tables, table, demands, requirements, groups: groupsOf(asked, daemons, tables) };
  const steps: Step[] = [];
  const through = (left: Bits, ...stages: readonly Stage[]): Bits => {
    for (const stage of stages) steps.push(...stage(funnel, steps.at(-1)?.types ?? left));
    return steps.at(-1)?.types ?? left;
  };
  const demanded = through(allBits(table.types.length), ofClass, ofRequirements, ofReservations);
  const counted = through(demanded, ofReadiness, ofLimits, ofDaemonSets);
  const types = through(counted, ofMinValues);
  const narrowing = steps.map(({ at, says, types: left }) => ({ at, says, left: countBits(left) }));
  return { ...funnel, types, demanded, counted, narrowing };
}

function groupsOf({ pool, types }: AskedPool, daemons: readonly DaemonPod[], tables: PoolTables): Funnel['groups'] {
  const { space, axis, minValues } = tables;
  if (daemons.length === 0) return [];
  const all = new Daemons(space, axis, daemons);
  const template = nodeClaimTemplate(space, pool, tables.of(types), { ...minValues, policy: 'BestEffort' });
  return template ? all.groups(template) : [];
}
