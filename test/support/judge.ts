import type { Minor } from '../../src/algebra/version.ts';
import { judgeWith } from '../../src/context/judge.ts';
import type { Judge } from '../../src/context/link.ts';
import { loadSchemas } from '../../src/model/schema/load.ts';

const kinds = ['NodePool', 'EC2NodeClass', 'NodeClaim', 'NodeOverlay', 'CapacityBuffer'];
const judges = new Map<Minor, Promise<Judge>>();

/** The schemas of all kinds of a minor, loaded once for all cases. */
export function judgeFor(minor: Minor): Promise<Judge> {
  const known = judges.get(minor) ?? loadSchemas(minor, kinds).then(judgeWith);
  judges.set(minor, known);
  return known;
}
