/** Reviews that nobody in his right mind would send, the same for the same seed. */
export interface Mutator {
  /** The text of the next body. */
  next(): string;
}

export type Chance = () => number;

/** mulberry32: small, and equal on every machine. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function mutator(bodies: readonly unknown[], random: Chance): Mutator {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return {
    next: () => {
      const body = structuredClone(pick(bodies));
      for (let times = 1 + Math.floor(random() * 4); times > 0; times--) mutate(body, random, pick);
      const text = JSON.stringify(body);
      return random() < 0.15 ? spoil(text, random) : text;
    },
  };
}

type Pick = <T>(from: readonly T[]) => T;

/** Changes one place somewhere below a value. */
function mutate(root: unknown, random: Chance, pick: Pick): void {
  const places = placesIn(root);
  if (places.length === 0) return;
  const { parent, key } = pick(places);
  const holder = parent as Record<string | number, unknown>;
  const roll = random();
  if (roll < 0.15) Reflect.deleteProperty(holder, key);
  else if (roll < 0.3) set(holder, pick(oddKeys), oddValue(random, pick));
  else if (roll < 0.4)
    set(holder, key, pick(places.map((place) => (place.parent as Record<string | number, unknown>)[place.key])));
  else if (roll < 0.5)
    set(
      holder,
      key,
      Array.from({ length: Math.floor(random() * 40) }, () => holder[key]),
    );
  else set(holder, key, oddValue(random, pick));
}

/** What was grafted into itself is a copy, or there would be no end. */
function set(holder: Record<string | number, unknown>, key: string | number, value: unknown): void {
  const copy = value === undefined ? null : JSON.parse(JSON.stringify(value));
  // A list takes no names.
  if (Array.isArray(holder) && typeof key === 'string') return void holder.push(copy);
  Object.defineProperty(holder, key, { value: copy, enumerable: true, configurable: true, writable: true });
}

function placesIn(root: unknown): readonly { readonly parent: object; readonly key: string | number }[] {
  const places: { parent: object; key: string | number }[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 20 || places.length > 2000) return;
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      // Where all other answers end: it decides whether there can be one.
      if (!(depth === 1 && key === 'uid')) places.push({ parent: value, key });
      walk((value as Record<string | number, unknown>)[key], depth + 1);
    }
  };
  walk(root, 0);
  return places;
}

const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '\u0000',
  '/',
  '~1',
  'a.b',
  'length',
  '\ud800',
  'spec',
  '9',
];

const oddTexts = [
  '',
  ' ',
  '__proto__',
  '\u0000\u001b[2J',
  '\ud800',
  '\u202e\u2066',
  '\u{1f680}'.repeat(100),
  '0x1F',
  '1e309',
  '-0',
  '９９９',
  '100%',
  '-1%',
  '9223372036854775808',
  '1e3Gi',
  '720h',
  'Never',
  '@daily',
  '* * * * *',
  '0 0 31 2 *',
  'CRON_TZ=Nowhere 0 0 * * *',
  '2026-11-24T00:00:00Z',
  'karpenter.sh/capacity-type',
  'topology.kubernetes.io/zone',
  'karpenter.k8s.aws/instance-cpu',
  'spot',
  'm5.large',
  'al2023@latest',
  '$' + '{CLUSTER}',
  '{{ .Values.x }}',
  '(a+)+$',
  '%s%n',
  '#!/bin/bash\nset -e\n/etc/eks/bootstrap.sh x',
  '[settings.kubernetes]\nmax-pods = 1',
  'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\n',
  'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec: {kubelet: {flags: ["--x"]}}',
];

function oddValue(random: Chance, pick: Pick): unknown {
  const roll = random();
  if (roll < 0.45) return pick(oddTexts);
  if (roll < 0.6) return pick([0, -1, 1e21, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 100, 7]);
  if (roll < 0.7) return pick([true, false, null]);
  if (roll < 0.76) return nested(Math.floor(random() * 1200));
  if (roll < 0.8) return 'x'.repeat(Math.floor(random() * 20_000));
  if (roll < 0.9) return Array.from({ length: Math.floor(random() * 30) }, () => pick(oddTexts));
  return Object.fromEntries(
    Array.from({ length: Math.floor(random() * 20) }, () => [pick([...oddKeys, ...oddTexts]), pick(oddTexts)]),
  );
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { x: value };
  return value;
}

/** No JSON any more, or other JSON than was meant. */
function spoil(text: string, random: Chance): string {
  const at = Math.floor(random() * text.length);
  const roll = random();
  if (roll < 0.4) return text.slice(0, at);
  if (roll < 0.6) return text.slice(0, at) + text.slice(at + 1);
  if (roll < 0.8) return `${text.slice(0, at)}\u0000${text.slice(at)}`;
  return text + text.slice(at);
}
