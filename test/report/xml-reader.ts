/** A strict reader of the XML that reporters may write; throws where an XML 1.0 parser would refuse. */

export interface Read {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Read[];
  readonly text: string;
}

interface Open extends Read {
  readonly children: Open[];
  text: string;
}

export function readXml(xml: string): Read {
  for (const char of xml) if (!legal.test(char)) throw new Error(`U+${char.codePointAt(0)?.toString(16)} may not stand in XML`);
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) throw new Error('no XML declaration');
  const document: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open: Open[] = [document];
  let at = 0;
  for (const token of body.matchAll(/<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g)) {
    characters(body.slice(at, token.index), open.at(-1));
    at = token.index + token[0].length;
    const [, isEnd, name = '', attributes = '', isEmpty] = token;
    if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const element: Open = { name, attributes: attributesOf(attributes), children: [], text: '' };
    open.at(-1)?.children.push(element);
    if (!isEmpty) open.push(element);
  }
  characters(body.slice(at), document);
  const [root, ...rest] = document.children;
  if (open.length !== 1 || !root || rest.length > 0 || document.text.trim() !== '') throw new Error('not one element');
  return root;
}

/** Every element of that name, wherever it stands. */
export function all(root: Read, name: string): readonly Read[] {
  const below = root.children.flatMap((child) => all(child, name));
  return root.name === name ? [root, ...below] : below;
}

const legal = /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function characters(text: string, into: Open | undefined): void {
  if (text.includes('<') || text.includes(']]>')) throw new Error(`markup in text: ${text}`);
  if (into) into.text += plain(text);
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([a-z]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`${name} is given twice`);
    attributes.set(name, plain(value.replaceAll(/[\t\n\r]/g, ' ')));
  }
  return attributes;
}

function plain(text: string): string {
  if (/&(?!amp;|lt;|gt;|quot;|#10;)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text
    .replaceAll('&#10;', '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
