/** The names of Kubernetes: what is wrong with one, in words, or undefined. Lengths are counted in bytes of UTF-8. */

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u;
const labelName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u;

export function nameFault(name: string): string | undefined {
  if (bytes(name) > 253) return `the name has ${bytes(name)} characters, 253 are allowed`;
  if (!subdomain.test(name))
    return `"${name}" is no name: only lower-case letters, digits, "-" and "." are allowed, with a letter or digit at both ends of each part`;
  return undefined;
}

export function namespaceFault(name: string): string | undefined {
  if (bytes(name) > 63) return `the namespace has ${bytes(name)} characters, 63 are allowed`;
  return dnsLabel.test(name) ? undefined : `"${name}" is no namespace: only lower-case letters, digits and "-" are allowed`;
}

/** Keys of labels and annotations, finalizers: a name with an optional domain before a slash. */
export function labelKeyFault(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length > 1 ? (parts[0] ?? '') : undefined;
  if (parts.length > 2) return `"${key}" has more than one "/"`;
  if (prefix !== undefined && (prefix === '' || bytes(prefix) > 253 || !subdomain.test(prefix)))
    return `the part of "${key}" before "/" is no lower-case domain name`;
  if (bytes(name) > 63) return `the name in "${key}" has ${bytes(name)} characters, 63 are allowed`;
  if (!labelName.test(name))
    return `"${key}" is no label key: letters, digits, "-", "_" and "." are allowed, with a letter or digit at both ends`;
  return undefined;
}

export function labelValueFault(value: string): string | undefined {
  if (bytes(value) > 63) return `the label value "${value}" has ${bytes(value)} characters, 63 are allowed`;
  if (value !== '' && !labelName.test(value))
    return `"${value}" is no label value: letters, digits, "-", "_" and "." are allowed, with a letter or digit at both ends`;
  return undefined;
}

const annotationsLimit = 256 * 1024;

export function annotationsFault(annotations: readonly (readonly [string, string])[]): string | undefined {
  const size = annotations.reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0);
  return size > annotationsLimit ? `the annotations take ${size} bytes, ${annotationsLimit} are allowed in all` : undefined;
}

function bytes(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return count;
}
