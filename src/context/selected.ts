import { find } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import type { Dictionary } from '../model/decode.ts';
import type { EC2NodeClass } from '../model/ec2-node-class.ts';
import type { Located } from '../text/place.ts';
import type { AwsFacts, Reservation, Subnet } from './aws-facts.ts';

/** The subnets that a class selects; undefined where nobody has told of subnets or a placeholder decides. */
export function selectedSubnets(
  { node, subnetSelectorTerms }: EC2NodeClass,
  facts: AwsFacts | undefined,
): readonly Subnet[] | undefined {
  const written = find(node, ['spec', 'subnetSelectorTerms']);
  if (!facts?.subnets || !subnetSelectorTerms || (written && hangsOnPlaceholder(written))) return undefined;
  return facts.subnets.filter((subnet) =>
    subnetSelectorTerms.items.some(({ id, tags }) => (id || tags) && isId(id, subnet.id) && hasTags(tags, subnet.tags)),
  );
}

/** The reservations that a class selects; none without terms; undefined as above. */
export function selectedReservations(
  { node, capacityReservationSelectorTerms }: EC2NodeClass,
  facts: AwsFacts | undefined,
): readonly Reservation[] | undefined {
  const written = find(node, ['spec', 'capacityReservationSelectorTerms']);
  if (!facts?.capacityReservations || (written && hangsOnPlaceholder(written))) return undefined;
  return facts.capacityReservations.filter((reservation) =>
    capacityReservationSelectorTerms?.items.some(
      ({ id, tags, ownerID, instanceMatchCriteria }) =>
        (id || tags || instanceMatchCriteria) &&
        isId(id, reservation.id) &&
        isId(ownerID, reservation.owner) &&
        isId(instanceMatchCriteria, reservation.matches) &&
        hasTags(tags, reservation.tags),
    ),
  );
}

function isId(wanted: Located<string> | undefined, id: string): boolean {
  return wanted === undefined || wanted.value === id;
}

/** `*` asks for the key alone. */
function hasTags(wanted: Dictionary<Located<string>> | undefined, tags: ReadonlyMap<string, string>): boolean {
  return (wanted?.items ?? []).every(({ key, value }) => {
    const tag = tags.get(key.value);
    return tag !== undefined && (value.value === '*' || value.value === tag);
  });
}
