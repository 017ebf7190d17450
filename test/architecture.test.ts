import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Who may import whom. A home may name only homes above it, so no cycle can be written down. */
const stages = [
  'text',
  'algebra',
  'diagnostic',
  'catalog',
  'document',
  'model',
  'context',
  'disruption',
  'scheduler',
  'prover',
  'lint',
];
const graph: Readonly<Record<string, readonly string[]>> = {
  text: [],
  algebra: [],
  diagnostic: ['text'],
  catalog: ['algebra'],
  document: ['text', 'diagnostic'],
  model: ['text', 'algebra', 'document'],
  context: ['text', 'algebra', 'catalog', 'document', 'model'],
  disruption: ['text', 'algebra', 'catalog', 'model', 'context'],
  scheduler: ['text', 'algebra', 'catalog', 'model', 'context'],
  prover: ['text', 'algebra', 'diagnostic', 'catalog', 'document', 'model', 'context', 'scheduler'],
  lint: stages.slice(0, -1),
  rules: stages,
  config: stages,
  report: stages,
  derive: stages,
  webhook: [...stages, 'rules', 'config', 'report', 'derive'],
  cli: [...stages, 'rules', 'config', 'report', 'derive', 'webhook'],
};
const edges = ['webhook', 'cli'];
const homes = Object.keys(graph);
const folderOf = (home: string): string => (home === 'rules' || home === 'webhook' ? home : `src/${home}`);
const homeOf = (file: string): string => file.replace(/^src\//, '').split('/')[0] ?? '';

function sourcesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^'"\n]*?(?:[^;]*?from )?'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

describe.each(homes)('%s', (home) => {
  const allowed = graph[home] ?? [];
  const folder = folderOf(home);

  test('names only what is above it', () => {
    expect(allowed.filter((other) => homes.indexOf(other) >= homes.indexOf(home))).toEqual([]);
  });

  test('imports only what it names', () => {
    const strays = sourcesIn(folder).flatMap((name) => {
      const file = join(folder, name);
      const imports = importsOf(file);
      const local = imports.filter((target) => target.startsWith('.')).map((target) => homeOf(join(dirname(file), target)));
      return [
        ...local.filter((other) => other !== home && !allowed.includes(other)).map((other) => `${file} imports ${other}`),
        ...(edges.includes(home)
          ? []
          : imports.filter((target) => target.startsWith('node:')).map((target) => `${file} imports ${target}`)),
        ...(home === 'document'
          ? []
          : imports.filter((target) => /^(?:js-)?yaml\b/.test(target)).map((target) => `${file} imports ${target}`)),
      ];
    });
    expect(strays).toEqual([]);
  });

  test('keeps its files short', () => {
    const long = sourcesIn(folder)
      .filter((name) => !name.includes('.gen.') && !name.startsWith('data/'))
      .map((name) => ({ name, lines: readFileSync(join(folder, name), 'utf8').split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > 250)).toEqual([]);
  });
});

/** A file that reaches itself again through run-time imports (types are erased and do not count). */
test('no import cycles', () => {
  const files = homes.flatMap((home) => sourcesIn(folderOf(home)).map((name) => join(folderOf(home), name)));
  const edgesOf = new Map(
    files.map((file) => {
      const text = readFileSync(file, 'utf8').replace(/^(?:import|export) type [^;]*;$/gm, '');
      const targets = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => join(dirname(file), target));
      return [file, targets] as const;
    }),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const target of edgesOf.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

/** The clock, chance and the machine's language would make equal input give unequal output. */
test('the core reads nothing but its arguments', () => {
  const forbidden = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\blocaleCompare\(|\bperformance\.|\bconsole\./;
  const impure = homes
    .filter((home) => !edges.includes(home))
    .flatMap((home) => sourcesIn(folderOf(home)).map((name) => join(folderOf(home), name)))
    .filter((file) => !file.includes('.gen.') && forbidden.test(readFileSync(file, 'utf8')));
  expect(impure).toEqual([]);
});
