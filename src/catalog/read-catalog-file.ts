import { type CatalogFile, type CatalogFileError, type FileFact, fileFacts } from './catalog-file.ts';

type Path = readonly (string | number)[];
type Check = (value: unknown, path: Path) => Iterable<CatalogFileError>;

/** A parsed JSON value as a catalog file, or what is wrong with it. */
export function readCatalogFile(value: unknown): CatalogFile | readonly CatalogFileError[] {
  const errors = [...file(value, [])];
  return errors.length > 0 ? errors : (value as CatalogFile);
}

const count: Check = expect('a whole number of at least 0', (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const price: Check = expect('a price, a number of at least 0', (value) => Number.isFinite(value) && Number(value) >= 0);
const text: Check = expect('a text without "," and "?"', (value) => typeof value === 'string' && /^[^,?]*$/.test(value));
const flag: Check = expect('true or false', (value) => typeof value === 'boolean');
const date: Check = expect(
  'a date such as 2026-09-01',
  (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
);
const one: Check = expect('1, the version of this format', (value) => value === 1);

const forms: Readonly<Record<FileFact['form'], Check>> = { text, count, flag, counts: listOf(count) };

const type: Check = recordOf(
  Object.fromEntries(Object.entries(fileFacts).map(([name, { form, among }]) => [name, among ? oneOf(among) : forms[form]])),
);

const region: Check = recordOf({
  zones: listOf(text),
  offerings: mapOf(listOf(text)),
  onDemandPrices: mapOf(price),
  spotPrices: mapOf(mapOf(price)),
});

const file: Check = recordOf({ version: one, asOf: date, types: typesOf(type), regions: mapOf(region) }, ['version']);

function expect(what: string, holds: (value: unknown) => boolean): Check {
  return function* (value, path) {
    if (!holds(value)) yield { path, message: `must be ${what}` };
  };
}

function oneOf(values: readonly string[]): Check {
  return expect(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, (value) => values.includes(String(value)));
}

function listOf(item: Check): Check {
  return function* (value, path) {
    if (!Array.isArray(value)) yield { path, message: 'must be a list' };
    else for (const [index, one] of value.entries()) yield* item(one, [...path, index]);
  };
}

function mapOf(entry: Check): Check {
  return function* (value, path) {
    if (!isRecord(value)) yield { path, message: 'must be an object' };
    else for (const [key, one] of Object.entries(value)) yield* entry(one, [...path, key]);
  };
}

function typesOf(entry: Check): Check {
  const entries = mapOf(entry);
  return function* (value, path) {
    yield* entries(value, path);
    for (const name of isRecord(value) ? Object.keys(value) : []) {
      if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name))
        yield { path: [...path, name], message: 'is not an instance type such as m5.large' };
    }
  };
}

function recordOf(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return function* (value, path) {
    if (!isRecord(value)) {
      yield { path, message: 'must be an object' };
      return;
    }
    for (const name of required) if (!(name in value)) yield { path, message: `lacks ${name}` };
    for (const [name, one] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check) yield* check(one, [...path, name]);
      else yield { path: [...path, name], message: `is not known here; known are ${Object.keys(fields).join(', ')}` };
    }
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
