import { canonicalResult } from '../scheduler/canonical-result.ts';
import type { NewNodeClaim } from '../scheduler/results.ts';
import type { Simulation } from '../scheduler/simulation.ts';
import { ignoredText, poolRefusalText } from './refusal-text.ts';

const hoursPerMonth = 730;

/** The decision in the form that the oracle prints, and beside it what people want to know. */
export function simulationJson({ results, problems, assumptions }: Simulation): string {
  const explain = {
    nodeClaims: inOrder(results.newNodeClaims).map((claim) => ({
      firstPod: firstPod(claim),
      instanceType: claim.instanceTypes.list[0]?.name ?? null,
      perHour: priceOf(claim) ?? null,
    })),
    ...totals(results.newNodeClaims),
    pending: Object.fromEntries(
      [...results.errors].map(([pod, { refusals }]) => [pod, refusals.map(poolRefusalText)] as const).sort(byFirst),
    ),
    ignored: Object.fromEntries([...results.ignored].map(([pod, why]) => [pod, ignoredText(why)] as const).sort(byFirst)),
    assumptions,
    problems,
  };
  return `${JSON.stringify({ ...canonicalResult(results), explain }, null, 1)}\n`;
}

/** By their first pod. */
export function inOrder(claims: readonly NewNodeClaim[]): readonly NewNodeClaim[] {
  return [...claims].sort((a, b) => (firstPod(a) < firstPod(b) ? -1 : 1));
}

/** Of the cheapest type that the claim may become; `undefined` if it has no price. */
export function priceOf({ instanceTypes }: NewNodeClaim): number | undefined {
  const price = instanceTypes.prices[0];
  return price !== undefined && Number.isFinite(price) ? price : undefined;
}

export function totals(claims: readonly NewNodeClaim[]): { readonly perHour: number; readonly perMonth: number } {
  const perHour = claims.reduce((sum, claim) => sum + (priceOf(claim) ?? 0), 0);
  return { perHour: rounded(perHour), perMonth: rounded(perHour * hoursPerMonth) };
}

function firstPod({ pods }: NewNodeClaim): string {
  return pods.map(({ key }) => key).sort()[0] ?? '';
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
