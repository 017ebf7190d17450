import type { PoolProof } from '../../prover/proof.ts';
import { groupBy } from '../group-by.ts';
import type { ProofReport } from '../proof-report.ts';
import { html, type Markup } from './markup.ts';
import { type Section, scrolled } from './pieces.ts';

/** How many instance types of each family each pool may launch: a map, one table a kind of machine. */
export function familyMap({ proof }: ProofReport): Section | undefined {
  const pools = proof.pools.map((pool) => ({ pool, counts: countsOf(pool) })).filter(({ counts }) => counts.size > 0);
  const families = [...new Set(pools.flatMap(({ counts }) => [...counts.keys()]))].sort();
  if (families.length === 0) return undefined;
  const most = Math.max(...pools.flatMap(({ counts }) => [...counts.values()]));
  const byCategory = groupBy(families, categoryOf);
  const titles = [...categories.map(([title]) => title), other];
  const tables = titles.flatMap((title) => {
    const own = byCategory.get(title);
    return own ? [table(title, own, pools, most)] : [];
  });
  return {
    id: 'families',
    title: 'Pools and instance families',
    body: html`<p>Each cell is the number of instance types of a family that a pool may launch; the stronger its colour, the more.</p>${tables}`,
  };
}

interface Row {
  readonly pool: PoolProof;
  readonly counts: ReadonlyMap<string, number>;
}

function countsOf({ instanceTypes }: PoolProof): ReadonlyMap<string, number> {
  const byFamily = groupBy(instanceTypes.names, (name) => name.split('.')[0] ?? name);
  return new Map([...byFamily].map(([family, names]) => [family, names.length]));
}

function table(category: string, families: readonly string[], pools: readonly Row[], most: number): Markup {
  const rows = pools
    .filter(({ counts }) => families.some((family) => counts.has(family)))
    .map(({ pool, counts }) => {
      const cells = families.map((family) => {
        const count = counts.get(family) ?? 0;
        return html`<td class="heat level-${levelOf(count, most)}">${count}</td>`;
      });
      return html`<tr><th scope="row">${pool.name}</th>${cells}</tr>`;
    });
  const head = families.map((family) => html`<th scope="col"><span>${family}</span></th>`);
  return scrolled(
    category,
    html`<table class="map"><caption>${category}</caption><thead><tr><th scope="col">Pool</th>${head}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

const LEVELS = 5;

/** From 0 to 5; none alone is 0. */
function levelOf(count: number, most: number): number {
  return Math.ceil((LEVELS * count) / most);
}

const categories: readonly (readonly [title: string, letters: RegExp])[] = [
  ['General purpose', /^(?:a|m|t|mac)\d/],
  ['Compute', /^(?:c|hpc)\d/],
  ['Memory', /^(?:r|x|z)\d|^u/],
  ['Storage', /^(?:d|h|i|im|is)\d/],
  ['Accelerated', /^(?:p|g|gr|inf|trn|dl|vt|f)\d/],
];

const other = 'Other';

function categoryOf(family: string): string {
  return categories.find(([, letters]) => letters.test(family))?.[0] ?? other;
}
