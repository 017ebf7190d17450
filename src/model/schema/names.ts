import { isDns1123Label, isDns1123Subdomain, type LabelFault, labelKeyFaults, labelValueFaults } from '../../algebra/label.ts';

/** What is wrong with the names, labels and annotations of an object, in words; undefined where nothing is. */

export function nameFault(name: string): string | undefined {
  if (isDns1123Subdomain(name)) return undefined;
  return `${quoted(name)} is no name: up to 253 lower-case letters, digits, "-" and "." are allowed, a letter or digit at both ends`;
}

export function namespaceFault(name: string): string | undefined {
  if (isDns1123Label(name)) return undefined;
  return `${quoted(name)} is no namespace: up to 63 lower-case letters, digits and "-" are allowed, a letter or digit at both ends`;
}

/** Keys of labels and annotations, finalizers: a name with an optional domain before a slash. */
export function labelKeyFault(key: string): string | undefined {
  const [fault] = labelKeyFaults(key);
  return fault && `${quoted(key)} is no key: ${inWords(fault)}`;
}

export function labelValueFault(value: string): string | undefined {
  const [fault] = labelValueFaults(value);
  return fault && `${quoted(value)} is no label value: ${inWords(fault)}`;
}

function inWords(fault: LabelFault): string {
  const part = fault.part === 'prefix' ? 'the domain before "/"' : fault.part === 'name' ? 'the name' : 'it';
  if (fault.why === 'slashes') return 'it has more than one "/"';
  if (fault.why === 'too-long') return `${part} is longer than ${fault.limit} characters`;
  if (fault.why === 'empty') return `${part} is empty`;
  if (fault.part === 'prefix')
    return `${part} may have lower-case letters, digits, "-" and "." with a letter or digit at both ends`;
  return `${part} may have letters, digits, "-", "_" and "." with a letter or digit at both ends`;
}

const annotationsLimit = 256 * 1024;

/** Of all annotations together, in bytes of UTF-8. */
export function annotationsFault(annotations: readonly (readonly [string, string])[]): string | undefined {
  const size = annotations.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return size > annotationsLimit ? `the annotations take ${size} bytes, ${annotationsLimit} are allowed in all` : undefined;
}

function byteLength(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return count;
}

/** A text that is quoted in a message is not longer than a line. */
function quoted(text: string): string {
  return text.length <= 80 ? `"${text}"` : `"${text.slice(0, 77)}…"`;
}
