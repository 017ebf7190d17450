import type { LabelFault } from '../../src/algebra/label.ts';
import type { Minor } from '../../src/algebra/version.ts';
import type { Finding, Severity } from '../../src/diagnostic/diagnostic.ts';

/** One thing that Karpenter's controllers object to, or pass over, in an object that the API server accepts. */
export interface RuntimeCheck<S> {
  /** Of the table of run-time conditions. */
  readonly id: string;
  /** First and last minor whose code does it. */
  readonly since?: Minor;
  readonly until?: Minor;
  /** `warning` where the object works and a part of it has no effect. */
  readonly severity?: Severity;
  check(subject: S, minor: Minor): Iterable<Finding>;
}

/** What is wrong with a key or value of a label or taint, in words. */
export function inWords(faults: readonly LabelFault[]): string {
  return faults.map(worded).join(', and ');
}

function worded(fault: LabelFault): string {
  if (fault.why === 'slashes') return 'it has more than one "/"';
  const part = { prefix: 'the part before "/"', name: 'the name', value: 'the value' }[fault.part];
  if (fault.why === 'too-long') return `${part} is longer than ${fault.limit} characters`;
  if (fault.why === 'empty') return `${part} is empty`;
  return fault.part === 'prefix'
    ? `${part} is no lower-case domain name`
    : `${part} may only have letters, digits, "-", "_" and ".", with a letter or digit at both ends`;
}
