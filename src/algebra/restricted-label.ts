import { atLeast, type Minor } from './version.ts';
import { wellKnownLabels } from './well-known.ts';

/** Why a label must not be used in a NodePool: its domain is Karpenter's, or the label itself is. */
export type Restriction = { readonly why: 'domain'; readonly domain: string } | { readonly why: 'label' };

const karpenterDomains = ['karpenter.sh', 'karpenter.k8s.aws'];
const kubernetesDomains = ['kubernetes.io', 'k8s.io'];
const exceptions = ['kops.k8s.io', 'node.kubernetes.io', 'node-restriction.kubernetes.io'];

/** Karpenter's IsRestrictedLabel with the AWS provider's domain. The CRD has rules of its own, stricter since 1.9. */
export function labelRestriction(key: string, karpenter: Minor): Restriction | undefined {
  if (wellKnownLabels(karpenter).has(key)) return undefined;
  const domain = labelDomain(key);
  const restricted = atLeast(karpenter, '1.9') ? restrictedSince19(domain) : restrictedUntil18(domain);
  if (restricted !== undefined) return { why: 'domain', domain: restricted };
  return key === 'kubernetes.io/hostname' ? { why: 'label' } : undefined;
}

/** What stands before the first slash; empty without one. */
export function labelDomain(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}

function restrictedSince19(domain: string): string | undefined {
  return karpenterDomains.find((restricted) => domain === restricted || domain.endsWith(`.${restricted}`));
}

/** A plain suffix did then, so `xk8s.io` counted too. */
function restrictedUntil18(domain: string): string | undefined {
  if (exceptions.some((exception) => domain.endsWith(exception))) return undefined;
  return [...kubernetesDomains, ...karpenterDomains].find((restricted) => domain.endsWith(restricted));
}
