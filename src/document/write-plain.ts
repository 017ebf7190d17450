import type { Plain } from '../diagnostic/diagnostic.ts';
import type { Style } from './node.ts';
import { resolveKey, resolvePlain } from './scalar.ts';

/** How a file writes things, so that what is added looks like the rest. */
export interface Habits {
  /** Keys and text in double quotes, as JSON wants it. */
  readonly json: boolean;
  /** Spaces by which a mapping in a mapping is indented. */
  readonly step: number;
  /** Whether the dashes of a list stand deeper than its key. */
  readonly indentsLists: boolean;
  /** For text that cannot go without quotes. */
  readonly quote: 'single' | 'double';
  /** `{ a: 1 }` rather than `{a: 1}`. */
  readonly padsBraces: boolean;
  readonly eol: string;
}

type PlainMap = { readonly [key: string]: Plain };

export function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCollection(value: Plain): value is PlainMap | readonly Plain[] {
  return typeof value === 'object' && value !== null;
}

export function isEmpty(value: Plain): boolean {
  return isCollection(value) && Object.keys(value).length === 0;
}

/** A single value, in the style that stood there before where that can hold it. */
export function scalarText(value: Plain, style: Style, inFlow: boolean, habits: Habits): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (habits.json) return JSON.stringify(value);
  const quoted = style === 'single' || style === 'double' ? style : habits.quote;
  if (style !== 'single' && style !== 'double' && isSafePlain(value, inFlow) && resolvePlain(value) === value) return value;
  return quotedText(value, quoted);
}

export function keyText(key: string, style: Style, habits: Habits): string {
  if (habits.json) return JSON.stringify(key);
  if (style === 'single' || style === 'double') return quotedText(key, style);
  // A quoted key is what it says; a plain one must not turn into another word.
  return isSafePlain(key, true) && resolveKey(key) === key && resolvePlain(key) === key ? key : quotedText(key, habits.quote);
}

function quotedText(text: string, style: 'single' | 'double'): string {
  const isPrintable = /^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text);
  if (style === 'single' && isPrintable) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replaceAll(/[\x7f-\x9f\u2028\u2029\ufeff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Narrower than YAML allows: what every reader takes for the same text without quotes. */
function isSafePlain(text: string, inFlow: boolean): boolean {
  if (!/^(?:[A-Za-z0-9_./$(]|[-+~](?=[A-Za-z0-9_./]))/.test(text)) return false;
  if (/[^\x20-\x7e]|[\s:]$|:\s|\s#|^\d{4}-\d\d?-\d\d?/.test(text)) return false;
  return !(inFlow && /[,[\]{}"'#]|:(?![\w./-])/.test(text));
}

/** `{ a: [1, 2] }` on one line. */
export function flowText(value: Plain, habits: Habits): string {
  if (!isCollection(value)) return scalarText(value, 'plain', true, habits);
  if (Array.isArray(value)) return `[${value.map((item: Plain) => flowText(item, habits)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key, 'plain', habits)}: ${flowText(item, habits)}`);
  const pad = habits.padsBraces && entries.length > 0 ? ' ' : '';
  return `{${pad}${entries.join(', ')}${pad}}`;
}

/** What follows `key:` or `- ` for a value: on the same line with a blank before it, or on lines of their own. */
export function afterKey(value: Plain, column: number, habits: Habits): string {
  if (!isCollection(value) || isEmpty(value))
    return ` ${isCollection(value) ? flowText(value, habits) : scalarText(value, 'plain', false, habits)}`;
  const indent = Array.isArray(value) && !habits.indentsLists ? column : column + habits.step;
  return `${habits.eol}${' '.repeat(indent)}${blockText(value, indent, habits)}`;
}

/** A collection in block style whose first line begins at a column that is already reached. */
export function blockText(value: Plain, column: number, habits: Habits): string {
  const separator = `${habits.eol}${' '.repeat(column)}`;
  if (Array.isArray(value)) return value.map((item: Plain) => itemText(item, column, habits)).join(separator);
  return Object.entries(value as PlainMap)
    .map(([key, item]) => entryText(key, item, column, habits))
    .join(separator);
}

export function entryText(key: string, value: Plain, column: number, habits: Habits): string {
  return `${keyText(key, 'plain', habits)}:${afterKey(value, column, habits)}`;
}

/** One item of a list, with its dash. */
export function itemText(item: Plain, column: number, habits: Habits): string {
  if (!isCollection(item) || isEmpty(item)) return `-${afterKey(item, column, habits)}`;
  return `- ${blockText(item, column + 2, habits)}`;
}
