import { normalizedLabels } from '../../src/algebra/normalized-label.ts';
import { labelDomain, labelRestriction } from '../../src/algebra/restricted-label.ts';
import type { Minor } from '../../src/algebra/version.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';

/** As `meantLabel`, for a label that is put on nodes: there a name of one's own is as good as any. */
export function meantNodeLabel(key: string, minor: Minor): string | undefined {
  return isOfPlatform(labelDomain(key)) ? meantLabel(key, minor) : undefined;
}

/** The label that Karpenter knows, of a key that only ends like it; undefined where the key stands for itself. */
export function meantLabel(key: string, minor: Minor): string | undefined {
  // What Karpenter reads as a present name is well-known too; what it refuses is told by others, and with more than a guess.
  if (wellKnownLabels(minor).has(key) || normalizedLabels.has(key) || labelRestriction(key, minor)) return undefined;
  const domain = labelDomain(key);
  const name = inKebab(key.slice(domain === '' ? 0 : domain.length + 1));
  const known = [...wellKnownLabels(minor)].find((candidate) => candidate.endsWith(`/${name}`));
  if (known === undefined || known === 'karpenter.sh/nodepool') return undefined;
  return plain.has(name) && !isOfPlatform(domain) ? undefined : known;
}

/** Words that any team may use for a label of its own. */
const plain: ReadonlySet<string> = new Set(['arch', 'os', 'zone', 'region']);

function isOfPlatform(domain: string): boolean {
  return platforms.some((platform) => domain === platform || domain.endsWith(`.${platform}`));
}

const platforms = ['kubernetes.io', 'k8s.io', 'k8s.aws', 'amazonaws.com', 'karpenter.sh'];

function inKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
