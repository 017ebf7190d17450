import { type Amount, fromNano, type Quantity, subtractAmounts, toNano } from '../algebra/quantity.ts';
import { formatQuantity } from '../algebra/quantity-text.ts';
import { requestsOf } from '../scheduler/pod-requests.ts';
import type { Workbench } from './remedy.ts';
import type { Restriction } from './restriction.ts';

const nanoPerMilli = 1_000_000n;
const nanoPerOne = 1_000_000_000n;
const nanoPerMebibyte = nanoPerOne * 1024n * 1024n;

/** The most of a resource that one request may be while everything else stays, as a quantity; undefined where nothing helps. */
export function largestRequest(bench: Workbench, request: Restriction): string | undefined {
  const resource = request.about ?? '';
  const without = bench.with([{ drops: [request] }]);
  if (!without.fits) return undefined;
  const { claim, daemonsOn } = without.launch();
  const [scheduled] = claim.pods;
  const others = scheduled ? (requestsOf(scheduled.pod.spec).get(resource) ?? 0) : 0;
  const room = claim.instanceTypes.list.map((type) => {
    const taken = daemonsOn(type).map(({ requests }) => requests.get(resource) ?? 0);
    return toNano(
      [others, ...taken].reduce<Amount>(
        (left, amount) => subtractAmounts(left, amount),
        type.allocatable.get(resource)?.amount ?? 0,
      ),
    );
  });
  let most = 0n;
  for (const left of room) if (left > most) most = left;
  const rounded = most - (most % unitOf(resource, most));
  return rounded > 0n ? formatQuantity(quantity(resource, rounded)) : undefined;
}

/** Amounts that people write: hundredths of a core, whole mebibytes. */
function unitOf(resource: string, most: bigint): bigint {
  if (resource === 'cpu') return most >= 100n * nanoPerMilli ? 10n * nanoPerMilli : nanoPerMilli;
  const isBytes = resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-');
  return isBytes && most >= nanoPerMebibyte ? nanoPerMebibyte : nanoPerOne;
}

function quantity(resource: string, nano: bigint): Quantity {
  return { amount: fromNano(nano), format: resource === 'cpu' || nano % nanoPerMebibyte !== 0n ? 'DecimalSI' : 'BinarySI' };
}
