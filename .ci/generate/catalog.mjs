// Compiles the tables of .ci/generate/catalog into src/catalog/data. `--check` writes nothing and fails when they are stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const tables = new URL('catalog/', import.meta.url);
const target = new URL('../../src/catalog/data/', import.meta.url);

/** What a cell says when the tables do not know, as opposed to `''`: the type has no such label. */
const unknown = '?';

const rows = csv('instance-types.csv');
const older = csv('karpenter-1.14.csv');
const sources = JSON.parse(readFileSync(new URL('sources.json', tables), 'utf8'));
const rowOf = new Map(rows.map((row) => [row.name, row]));

verify();
const modules = {
  'instance-types.gen.ts': instanceTypes(),
  'prices.gen.ts': prices(),
  'regions.gen.ts': regions(),
};
const stale = Object.entries(modules).filter(([name, text]) => text !== present(new URL(name, target)));
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`src/catalog/data/${name} is stale: run node .ci/generate/catalog.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(name, target), text);
}

function instanceTypes() {
  const columns = {
    standing: pack(standing),
    arch: pack(known('arch')),
    vcpus: pack(known('vcpu')),
    memoryMib: pack(known('memory_mib')),
    cpuManufacturer: pack(known('cpu_manufacturer')),
    clockMhz: pack(known('sustained_clock_mhz')),
    hypervisor: pack(hypervisor),
    encryptionInTransit: pack((row) => ({ 0: 'false', 1: 'true' })[row.encryption_in_transit] ?? unknown),
    networkMbps: pack((row) => row.network_bandwidth_mbps),
    networkMbpsUntil114: pack((row) => at114(row, 'network_bandwidth_mbps') ?? row.network_bandwidth_mbps),
    ebsMbps: pack(known('ebs_bandwidth_mbps')),
    nvmeGb: pack(printed('local_nvme_gb')),
    gpuName: pack(printed('gpu_name')),
    gpuManufacturer: pack(printed('gpu_manufacturer')),
    gpuCount: pack(printed('gpu_count')),
    gpuMemoryMib: pack(printed('gpu_memory_mib')),
    acceleratorName: pack(printed('accelerator_name')),
    acceleratorManufacturer: pack(printed('accelerator_manufacturer')),
    acceleratorCount: pack(printed('accelerator_count')),
    neuronCores: pack((row) => row.alloc_neuroncore || unknown),
    cards: pack((row) => row.card_enis || unknown),
    ipv4PerInterface: pack((row) => row.ipv4_per_eni || unknown),
    podsWithoutLimits: pack((row) => (row.enis ? '' : row.cap_pods || unknown)),
    efas: pack((row) => row.efa_count || unknown),
    podEni: pack(podEniOf),
    podEniUntil114: pack((row) => at114(row, 'pod_eni') ?? podEniOf(row)),
    privateIpv4: pack(privateIpv4Of),
    privateIpv4Until114: pack((row) => at114(row, 'private_ipv4') ?? privateIpv4Of(row)),
  };
  const { asOf, instanceTypes: page, networkLimits, networkBandwidth } = sources;
  return source('PackedTypes', 'instanceTypes', {
    asOf,
    sources: [page, networkLimits, networkBandwidth],
    names: families(),
    columns,
  });
}

function prices() {
  const lists = new Map();
  const add = (region, currency, name, price) => {
    if (!rowOf.has(name)) throw new Error(`price of unknown type ${name}`);
    if (!lists.has(region)) lists.set(region, { currency, of: new Map() });
    lists.get(region).of.set(name, String(Number(price)));
  };
  for (const row of csv('prices.csv')) add(row.region, 'USD', row.instance_type, row.usd_per_hour);
  for (const row of csv('prices-other-partitions.csv')) add(row.region, row.currency, row.instance_type, row.per_hour);
  return source(
    'readonly PackedPrices[]',
    'prices',
    [...lists].map(([region, { currency, of }]) => ({
      region,
      currency,
      ...sources.prices[region],
      perHour: rows.map(({ name }) => of.get(name) ?? '').join(','),
    })),
  );
}

function regions() {
  const packed = csv('zones.csv').map((row) => ({
    name: row.region,
    zoneLetters: row.zone_letters,
    ...(row.max_zones_per_account && { zonesPerAccount: Number(row.max_zones_per_account) }),
    verified: row.source !== 'general-knowledge',
  }));
  return source('readonly PackedRegion[]', 'regions', packed);
}

/** Type names in the order of the rows, family by family: `a1 2xlarge 4xlarge,c1 medium`. */
function families() {
  const groups = [];
  for (const { name, family, size } of rows) {
    if (name !== `${family}.${size}`) throw new Error(`${name} is not ${family}.${size}`);
    if (groups.at(-1)?.[0] !== family) groups.push([family]);
    groups.at(-1).push(size);
  }
  return groups.map((group) => group.join(' ')).join(',');
}

/** A column as its distinct values and, per row, the place of the row's value among them: two digits of base 64 where one does not do. */
function pack(cell) {
  const cells = rows.map(cell);
  const values = [...new Set(cells)].sort(byNumberThenText);
  const place = new Map(values.map((value, index) => [value, index]));
  const width = values.length > 64 ? 2 : 1;
  const codes = cells.map((value) => digits(place.get(value), width)).join('');
  return { values: values.join(','), codes };
}

function digits(number, width) {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
  return width === 1 ? alphabet[number] : alphabet[number >> 6] + alphabet[number & 63];
}

function standing(row) {
  if (row.family.startsWith('mac')) return 'unsupported';
  if (row.source === 'docs') return 'documented';
  return row.source === 'tables' ? 'named' : 'former';
}

/** A cell of which every release that printed the row printed a value, or had no such label yet. */
function known(column) {
  return (row) => row[column] || (row.source === 'docs' ? '' : unknown);
}

/** A cell that an old page leaves empty because the type has no such part. */
function printed(column) {
  const late = column.startsWith('accelerator') ? ['docs@v0.26.1'] : [];
  return (row) => row[column] || (row.source === 'tables' || late.includes(row.source) ? unknown : '');
}

function hypervisor(row) {
  return row.hypervisor || (row.bare_metal === '1' ? '' : unknown);
}

function podEniOf(row) {
  return row.trunking === '1' ? row.branch_enis : '0';
}

/** Only types in the VPC table of Karpenter have the resource; the table says so by its trunking column. */
function privateIpv4Of(row) {
  return row.trunking ? String(Number(row.ipv4_per_eni) - 1) : '0';
}

function at114(row, column) {
  return older.find((cell) => cell.name === row.name && cell.column === column)?.value;
}

/** What the compiled form leaves out must follow from what it keeps. */
function verify() {
  const scheme = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+).*\./;
  for (const row of rows) {
    const [, category = '', generation = ''] = scheme.exec(row.name) ?? [];
    const gpus = (manufacturer) => (row.gpu_manufacturer === manufacturer ? row.gpu_count : '0');
    const derived = {
      category,
      generation,
      flex: row.family.includes('-flex') ? '1' : '0',
      ...(row.source !== 'tables' && {
        alloc_nvidia_gpu: gpus('nvidia'),
        alloc_amd_gpu: gpus('amd'),
        alloc_habana_gaudi: gpus('habana'),
        alloc_neuron: row.accelerator_manufacturer === 'aws' ? row.accelerator_count : '0',
      }),
    };
    for (const [column, value] of Object.entries(derived)) {
      if (row[column] !== value) throw new Error(`${row.name}: ${column} is ${row[column]}, not ${value}`);
    }
  }
}

function csv(name) {
  const [header, ...lines] = readFileSync(new URL(name, tables), 'utf8').trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== columns.length) throw new Error(`${name}: ${cells.length} cells in ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  });
}

function source(type, name, value) {
  const imported = type.replace(/^readonly |\[\]$/g, '');
  return [
    '// Generated by .ci/generate/catalog.mjs. Do not edit.',
    `import type { ${imported} } from '../packed.ts';`,
    '',
    `export const ${name}: ${type} = ${JSON.stringify(value, null, 1)};`,
    '',
  ].join('\n');
}

function present(url) {
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

function byNumberThenText(a, b) {
  const [left, right] = [Number(a || Number.NaN), Number(b || Number.NaN)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : 1;
}
