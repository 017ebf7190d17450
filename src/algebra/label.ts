/** What is wrong with a label's key or value, as Kubernetes judges it; one text can have several faults. */
export type LabelFault =
  /** `limit` is the greatest length allowed, in bytes. */
  | { readonly part: LabelPart; readonly why: 'too-long'; readonly limit: number }
  | { readonly part: LabelPart; readonly why: 'empty' | 'characters' }
  /** More than one slash, or nothing that could be a name. */
  | { readonly part: 'key'; readonly why: 'slashes' };

/** A key is a name of up to 63 characters, with or without a DNS subdomain and a slash before it. */
export type LabelPart = 'prefix' | 'name' | 'value';

const nameLimit = 63;
const subdomainLimit = 253;
const name = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const noFaults: readonly LabelFault[] = [];
/** All of a key at once. One that is no longer than a name has no part that is too long. */
const goodKey =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Kubernetes' IsQualifiedName: label keys, taint keys, resource names. No faults: the key is good. */
export function labelKeyFaults(key: string): readonly LabelFault[] {
  if (key.length <= nameLimit && goodKey.test(key)) return noFaults;
  const parts = key.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2) return [{ part: 'key', why: 'slashes' }];
  if (second === undefined) return nameFaults('name', first);
  const prefix: readonly LabelFault[] = first === '' ? [{ part: 'prefix', why: 'empty' }] : subdomainFaults(first);
  return [...prefix, ...nameFaults('name', second)];
}

/** Kubernetes' IsValidLabelValue: empty, or of the same form as the name of a key. */
export function labelValueFaults(value: string): readonly LabelFault[] {
  return value === '' ? [] : nameFaults('value', value);
}

export function isQualifiedName(key: string): boolean {
  return labelKeyFaults(key).length === 0;
}

export function isLabelValue(value: string): boolean {
  return labelValueFaults(value).length === 0;
}

/** Lower-case letters, digits and hyphens, up to 63, alphanumeric at both ends: most names that become host names. */
export function isDns1123Label(text: string): boolean {
  return text.length <= nameLimit && dnsLabel.test(text);
}

/** DNS labels joined by dots, up to 253 in all: the names of most objects, and the prefix of a key. */
export function isDns1123Subdomain(text: string): boolean {
  return text.length <= subdomainLimit && dnsSubdomain.test(text);
}

function subdomainFaults(text: string): readonly LabelFault[] {
  return [...lengthFaults('prefix', text, subdomainLimit), ...characterFaults('prefix', text.split('.').every(isDnsLabelForm))];
}

/** Within a subdomain only the whole is limited in length. */
function isDnsLabelForm(text: string): boolean {
  return dnsLabel.test(text);
}

function nameFaults(part: 'name' | 'value', text: string): readonly LabelFault[] {
  if (text.length <= nameLimit && name.test(text)) return noFaults;
  const empty: readonly LabelFault[] = text === '' ? [{ part, why: 'empty' }] : [];
  return [...empty, ...lengthFaults(part, text, nameLimit), ...characterFaults(part, name.test(text))];
}

function lengthFaults(part: LabelPart, text: string, limit: number): readonly LabelFault[] {
  return byteLength(text) > limit ? [{ part, why: 'too-long', limit }] : [];
}

function characterFaults(part: LabelPart, isGood: boolean): readonly LabelFault[] {
  return isGood ? [] : [{ part, why: 'characters' }];
}

/** Go measures in bytes of UTF-8; a character beyond the first plane already counts 2 units of its 4 bytes. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7ff) bytes += 2;
    else if (code > 0x7f) bytes += 1;
  }
  return bytes;
}
