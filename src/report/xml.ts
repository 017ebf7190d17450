import { visible } from './visible.ts';

/** An element; text children are escaped, elements are given as they were made. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Xml[]
): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attribute(String(value))}"`)
    .join('');
  if (children.length === 0) return { xml: [`<${name}${written}/>`] };
  return { xml: [`<${name}${written}>`, ...children.flatMap(({ xml }) => xml.map((line) => `  ${line}`)), `</${name}>`] };
}

/** An element that holds text; white space in it counts, so it stays on its lines. */
export function textElement(name: string, attributes: Readonly<Record<string, string>>, text: string): Xml {
  const { xml } = element(name, attributes, { xml: [] });
  return { xml: [`${xml[0]}${content(text)}</${name}>`] };
}

/** Lines of a document, to be indented where they are put. */
export interface Xml {
  readonly xml: readonly string[];
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml.join('\n')}\n`;
}

function attribute(text: string): string {
  return escaped(lines(text).join('\n')).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

function content(text: string): string {
  return escaped(lines(text).join('\n'));
}

/** `>` too: `]]>` may not stand in text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** XML 1.0 cannot hold control characters, lone surrogates or U+FFFE and U+FFFF in any spelling: their pictures stand for them. */
function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => visible(line).replace(/[\ufffe\uffff]/g, '\ufffd'));
}
