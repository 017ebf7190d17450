import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { digests } from '../../catalog/digests.ts';
import { type Expanded, expandAll, normalized } from '../../catalog/expanded.ts';
import { type ProviderCase, providerCases } from '../../catalog/provider-cases.ts';
import { scenario } from './scenario.ts';

const karpenters = ['1.14', '1.15'] as const;

/** Derives all instance types of every case here and by the oracle, and tells the differences; with `--record` it keeps the oracle's digests. */
export async function compare(oracleOf: (karpenter: string) => string, fixture: string, record: boolean): Promise<boolean> {
  const catalog = await loadCatalog();
  const recorded: Record<string, Readonly<Record<string, string>>> = {};
  let isEqual = true;
  for (const karpenter of karpenters) {
    for (const one of providerCases) {
      const real = askOracle(oracleOf(karpenter), one);
      const differing = differences(expandAll(catalog, one, karpenter), real);
      recorded[`${karpenter} ${one.name}`] = digests(real);
      console.log(`Karpenter ${karpenter}, ${one.name}: ${real.length} types, ${differing.length} differ`);
      for (const line of differing.slice(0, 5)) console.log(line);
      isEqual &&= differing.length === 0;
    }
  }
  if (record) writeFileSync(fixture, `${JSON.stringify(recorded, null, 1)}\n`);
  return isEqual;
}

function askOracle(program: string, one: ProviderCase): readonly Expanded[] {
  const answer = execFileSync(program, ['-types'], {
    input: JSON.stringify(scenario(one)),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  const types: readonly Expanded[] = JSON.parse(answer).pool;
  return types.map((type) => normalized(type, one));
}

function differences(ours: readonly Expanded[], real: readonly Expanded[]): readonly string[] {
  const names = new Set([...ours, ...real].map(({ name }) => name));
  const [mine, its] = [byName(ours), byName(real)];
  return [...names].flatMap((name) => {
    const [left, right] = [mine.get(name), its.get(name)];
    if (isDeepStrictEqual(left, right)) return [];
    const parts = (['requirements', 'capacity', 'allocatable', 'offerings'] as const).filter(
      (part) => !isDeepStrictEqual(left?.[part], right?.[part]),
    );
    return [
      `  ${name}: ${parts.map((part) => `${part} ${JSON.stringify(left?.[part])} is ${JSON.stringify(right?.[part])}`).join('; ')}`,
    ];
  });
}

function byName(types: readonly Expanded[]): ReadonlyMap<string, Expanded> {
  return new Map(types.map((type) => [type.name, type]));
}
