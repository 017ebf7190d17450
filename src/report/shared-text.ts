/** JSON that stands in a record as it is. */
export class WrittenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The JSON of what many records of one document have in common, worked out once for each: pods of one kind are refused by the same
 * pools for the same reasons, and a fleet's proof says little else.
 */
export class SharedText {
  readonly #known = new WeakMap<object, string>();

  /** `as`: what is written of it, always the same. */
  of<T extends object>(part: T, as: (part: T) => object = (whole) => whole): WrittenJson {
    return new WrittenJson(this.#text(part, () => JSON.stringify(as(part))));
  }

  /** A list whose items may stand in other lists too. */
  list<T extends object>(items: readonly T[], as?: (item: T) => object): WrittenJson {
    return new WrittenJson(this.#text(items, () => listText(items.map((item) => this.of(item, as))).text));
  }

  #text(part: object, make: () => string): string {
    const text = this.#known.get(part) ?? make();
    this.#known.set(part, text);
    return text;
  }
}

export function listText(items: readonly WrittenJson[]): WrittenJson {
  return new WrittenJson(`[${chained(items.map(({ text }) => text))}]`);
}

/** As `texts.join(separator)`. Whatever is added to a text is kept beside it until somebody reads; a join copies all at once. */
export function chained(texts: readonly string[], separator = ','): string {
  let all = '';
  for (const [index, text] of texts.entries()) all += index === 0 ? text : separator + text;
  return all;
}

/** As JSON.stringify writes it, with what is written already. */
export function recordText(record: object): WrittenJson {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return new WrittenJson(`{${chained(entries.map(([key, value]) => `${JSON.stringify(key)}:${valueText(value)}`))}}`);
}

export function valueText(value: unknown): string {
  return value instanceof WrittenJson ? value.text : JSON.stringify(value);
}
