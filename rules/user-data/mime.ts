export interface MimePart {
  /** Media type, lower case; undefined where the part has none. */
  readonly type: string | undefined;
  readonly body: string;
}

export interface Mime {
  readonly parts: readonly MimePart[];
  /** Why Go's mime/multipart would not read it. */
  readonly fault: string | undefined;
  /** The line that is missing where nothing else is wrong. */
  readonly end?: string;
}

/** A MIME multipart archive as cloud-init and Karpenter take it. */
export function mimeParts(text: string): Mime {
  const [head = '', rest] = split(text);
  const boundary = /^content-type:\s*multipart\/mixed\s*;\s*boundary="?([^"\r\n;]+)"?/im.exec(head)?.[1];
  if (boundary === undefined)
    return { parts: [], fault: 'its head names no boundary (Content-Type: multipart/mixed; boundary="...")' };
  if (rest === undefined) return { parts: [], fault: 'no blank line ends its head' };
  const sections = `\n${rest}`.split(`\n--${boundary}`);
  const last = sections.at(-1) ?? '';
  // Go takes a last boundary with nothing behind it for the end.
  const closed = last.startsWith('--') || /^\s*\n\s*$/.test(last);
  const parts = sections.slice(1, closed ? -1 : undefined).map(part);
  if (parts.length === 0) return { parts, fault: `no part begins with --${boundary}` };
  if (!closed) return { parts, fault: `nothing ends it: --${boundary}-- is missing`, end: `--${boundary}--` };
  const bare = parts.findIndex(({ type }) => type === undefined);
  return { parts, fault: bare === -1 ? undefined : `part ${bare + 1} has no Content-Type` };
}

/** Head and body, apart by the first blank line. */
function split(text: string): readonly string[] {
  const blank = /\r?\n\r?\n/.exec(text);
  return blank ? [text.slice(0, blank.index), text.slice(blank.index + blank[0].length)] : [text];
}

function part(section: string): MimePart {
  const [head = '', body = ''] = split(section.replace(/^\r?\n/, ''));
  return { type: /^content-type:\s*([^;\s]+)/im.exec(head)?.[1]?.toLowerCase(), body };
}
