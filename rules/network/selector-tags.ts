import type { Pair } from '../../src/model/decode.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { Located } from '../../src/text/place.ts';

/** Every tag by which a class selects subnets, security groups, images or reservations. */
export function selectorTags(nodeClass: EC2NodeClass): readonly Pair<Located<string>>[] {
  const { subnetSelectorTerms, securityGroupSelectorTerms, amiSelectorTerms, capacityReservationSelectorTerms } = nodeClass;
  return [subnetSelectorTerms, securityGroupSelectorTerms, amiSelectorTerms, capacityReservationSelectorTerms].flatMap((terms) =>
    (terms?.items ?? []).flatMap(({ tags }) => tags?.items ?? []),
  );
}
