import { nodeClassFacts } from '../context/node-class-facts.ts';
import { selectedReservations, selectedSubnets } from '../context/selected.ts';
import type { KubernetesObject } from '../document/document.ts';
import { ec2NodeClass } from '../model/ec2-node-class.ts';
import type { AskedClass, ProofFacts } from './question.ts';

/** A node class with all that is known of it: its own status first, then what AWS says, then what the user says. */
export function askedClass(object: KubernetesObject, { awsFacts, zones }: ProofFacts): AskedClass {
  const decoded = ec2NodeClass(object.node);
  const { facts, unknown } = nodeClassFacts(decoded);
  const subnets = selectedSubnets(decoded, awsFacts)?.map(({ zone }) => zone);
  const known = facts.zones ?? zonesOf(subnets) ?? zonesOf(zones);
  const free = new Map((awsFacts?.capacityReservations ?? []).map(({ id, freeInstances }) => [id, freeInstances]));
  const reservations = facts.capacityReservations?.map((one) => ({ ...one, availableCount: free.get(one.id) ?? 1 }));
  const missing = new Set(unknown);
  if (known) missing.delete('zones');
  if (selectedReservations(decoded, awsFacts)?.length === 0) missing.delete('capacityReservations');
  return { object, facts: { ...facts, zones: known, capacityReservations: reservations }, unknown: missing };
}

function zonesOf(names: readonly string[] | undefined): AskedClass['facts']['zones'] {
  return names && names.length > 0 ? [...new Set(names)].map((zone) => ({ zone })) : undefined;
}
