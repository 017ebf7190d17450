/**
 * One tree per kind and version over all minors: which fields there are and since when, their types, defaults and enum values.
 * The shape is `Field` of src/model/schema/structure.ts.
 */
export function mergedField(schemas) {
  return field(schemas.map(({ since, until, schema }) => ({ since, until, node: schema })));
}

/** `versions`: the same field in consecutive ranges of minors, oldest first. */
function field(versions) {
  const span = lifetime(versions);
  const within = (present) => lifetime(present, span);
  const type = only(versions.map(({ node }) => typeOf(node)));
  const names = [...new Set(versions.flatMap(({ node }) => Object.keys(node.properties ?? {})))].sort();
  const child = (pick) => {
    const present = versions.map(({ since, until, node }) => ({ since, until, node: pick(node) })).filter(({ node }) => node);
    return present.length > 0 ? { ...within(present), ...field(present) } : undefined;
  };
  const holding = (test) => {
    const present = versions.filter(({ node }) => test(node));
    return present.length > 0 ? within(present) : undefined;
  };
  const values = (pick) => {
    const all = new Map(versions.flatMap(({ node }) => pick(node).map((value) => [JSON.stringify(value), value])));
    const dated = [...all].map(([text, value]) => ({
      ...holding((node) => pick(node).some((other) => JSON.stringify(other) === text)),
      value,
    }));
    return dated.length > 0 ? dated : undefined;
  };
  return withoutUndefined({
    type,
    fields:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, child((node) => node.properties?.[name])])) : undefined,
    values: child((node) => node.additionalProperties),
    items: child((node) => node.items),
    defaults: values((node) => (node.default === undefined ? [] : [node.default])),
    enum: values((node) => node.enum ?? []),
    open: holding((node) => node['x-kubernetes-preserve-unknown-fields'] === true),
    set: holding((node) => node['x-kubernetes-list-type'] === 'set'),
  });
}

/** First and last minor, left out where they are those of what holds it. */
function lifetime(versions, span) {
  for (const [index, { since }] of versions.entries()) {
    if (index > 0 && minorNumber(versions[index - 1].until) + 1 !== minorNumber(since)) throw new Error(`gap before ${since}`);
  }
  const since = versions[0].since;
  const until = versions.at(-1).until;
  return withoutUndefined({ since: since === span?.since ? undefined : since, until: until === span?.until ? undefined : until });
}

const minorNumber = (minor) => Number(minor.split('.')[1]);

function typeOf(node) {
  if (node['x-kubernetes-int-or-string']) return 'int-or-string';
  // An open value of no type: only the map that holds it matters.
  return node.type ?? 'object';
}

function only(types) {
  if (new Set(types).size !== 1) throw new Error(`a field changes its type: ${types}`);
  return types[0];
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
