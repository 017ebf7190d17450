// Objects to judge: those of the rules' cases and of the API's, and crossings of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const test = join(import.meta.dirname, '..');
const versions = { NodePool: 'karpenter.sh/v1', EC2NodeClass: 'karpenter.k8s.aws/v1', NodeOverlay: 'karpenter.sh/v1alpha1' };

/** What the API server asks of an object, so that a case that shows one field only can be judged too. */
const least = {
  NodePool: {
    template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] } },
  },
  EC2NodeClass: {
    role: 'KarpenterNode',
    amiSelectorTerms: [{ alias: 'al2023@v20250807' }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'prod' } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'prod' } }],
  },
  NodeOverlay: { requirements: [] },
};

/** Every object of the kinds that policies judge, each text once. */
export function corpus(examples) {
  const texts = [...yamlFiles(join(test, 'rules')), ...yamlFiles(join(test, 'verdicts/cases'))].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const objects = [...texts, ...examples].flatMap(objectsIn).map(completed);
  return [...new Map(objects.map((object) => [JSON.stringify(object), object])).values()];
}

function yamlFiles(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
}

function objectsIn(text) {
  const separate = text.replaceAll(/^# (?:file|before): .*$/gm, '---');
  return parseAllDocuments(separate, { uniqueKeys: false, logLevel: 'silent' })
    .filter(({ errors }) => errors.length === 0)
    .flatMap(valuesIn)
    .flatMap((value) => (value?.kind === 'List' ? (value.items ?? []) : [value]))
    .filter((value) => value !== null && typeof value === 'object' && versions[value.kind] === value.apiVersion);
}

/** Some cases are about YAML that nobody can resolve. */
function valuesIn(parsed) {
  try {
    return [parsed.toJS({ maxAliasCount: 100 })];
  } catch (error) {
    if (error instanceof ReferenceError || /alias/i.test(error.message)) return [];
    throw error;
  }
}

function completed({ apiVersion, kind, metadata, spec }) {
  const { labels, annotations } = metadata ?? {};
  const whole = kind === 'NodePool' ? pool(spec) : kind === 'EC2NodeClass' ? nodeClass(spec) : { ...least[kind], ...spec };
  return {
    apiVersion,
    kind,
    metadata: { name: 'case', ...(labels && { labels }), ...(annotations && { annotations }) },
    spec: whole,
  };
}

function pool(spec) {
  const template = spec?.template ?? {};
  const { consolidateAfter = '0s' } = spec?.disruption ?? {};
  return {
    ...spec,
    ...(spec?.disruption && { disruption: { consolidateAfter, ...spec.disruption } }),
    template: { ...template, spec: { ...least.NodePool.template.spec, ...template.spec } },
  };
}

function nodeClass(spec) {
  const ofFamily = spec?.amiFamily ? { amiSelectorTerms: [{ id: 'ami-0a1b2c3d' }] } : {};
  const { role, ...rest } = { ...least.EC2NodeClass, ...ofFamily, ...spec };
  const { amiSelectorTerms, instanceProfile } = rest;
  const hasAlias = Array.isArray(amiSelectorTerms) && amiSelectorTerms.some((term) => term?.alias);
  return { ...(!hasAlias && { amiFamily: 'AL2023' }), ...(instanceProfile === undefined && { role }), ...rest };
}

/** Objects that have some fields of one and some of another: what no author of a case thought of. */
export function crossings(objects, count, random) {
  const kinds = Object.keys(versions).map((kind) => objects.filter((object) => object.kind === kind));
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, () => {
    const same = random() < 0.5 ? kinds[0] : kinds[1];
    return crossed(pick(same), pick(same), random);
  });
}

function crossed(a, b, random) {
  const spec = mixed(a.spec, b.spec, random);
  if (a.kind === 'NodePool') {
    const [left, right] = [a.spec.template, b.spec.template];
    spec.template = { ...mixed(left, right, random), spec: mixed(left.spec, right.spec, random) };
  }
  return { ...a, metadata: mixed(a.metadata, b.metadata, random), spec };
}

function mixed(a, b, random) {
  const chosen = Object.entries(b).filter(() => random() < 0.5);
  return { ...a, ...Object.fromEntries(chosen) };
}

/** Mulberry32: the same seed gives the same objects everywhere. */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
