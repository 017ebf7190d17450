import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import type { Safety } from '../../src/diagnostic/diagnostic.ts';
import type { Violation } from '../../src/model/schema/violation.ts';
import type { Path } from '../../src/text/place.ts';
import { slipAt } from './value-slip.ts';
import { wantedAt } from './wanted.ts';

export interface ValueFault {
  readonly message: string;
  /** What the author surely or probably meant. */
  readonly instead?: string;
  readonly safety?: Safety;
  /** Another place that takes part in it. */
  readonly related?: Path;
  readonly isAboutKey?: boolean;
}

/** What is wrong with a value, in words for a person who has not read the schema. */
export function valueFault({ object }: JudgedObject, violation: Violation): ValueFault {
  const { path } = violation;
  const name = nameOf(path);
  switch (violation.kind) {
    case 'type':
      return {
        message: `${name} must be ${violation.expected.map((type) => types[type] ?? type).join(' or ')}, not ${types[violation.actual] ?? violation.actual}`,
      };
    case 'enum':
      return enumFault(name, violation);
    case 'pattern':
      return patternFault(path, violation);
    case 'bound':
      return { message: boundFault(name, violation) };
    case 'format':
      return { message: `${shown(violation.actual)} for ${name} is no ${formats[violation.format] ?? violation.format}` };
    case 'duplicate-item':
      return { message: `${shown(violation.actual)} is listed twice in ${nameOf(path.slice(0, -1))}`, related: violation.first };
    case 'metadata':
      return { message: violation.message, isAboutKey: path[1] === 'labels' || path[1] === 'annotations' };
    case 'not-served':
      return { message: notServed(object.kind, violation) };
    default:
      throw new Error(`a ${violation.kind} is another rule's`);
  }
}

const types: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number with a fraction',
  boolean: 'true or false',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  'date-time': 'time such as 2026-01-31T12:00:00Z',
  int32: 'number of 32 bits',
  int64: 'number of 64 bits',
  json: 'number that JSON can write: no client can send it',
};

function enumFault(name: string, { allowed, actual }: Violation & { kind: 'enum' }): ValueFault {
  const words = allowed.join(', ');
  const hint = hints.get(`${name} ${actual}`);
  const [near] = typeof actual === 'string' ? nearestWords(actual, allowed) : [];
  const isCase = near !== undefined && near.toLowerCase() === String(actual).toLowerCase();
  return {
    message: `${name} cannot be ${shown(actual)}, only ${words}${hint ?? (near === undefined ? '' : `; did you mean "${near}"?`)}`,
    ...(near !== undefined && { instead: near, safety: isCase ? ('safe' as const) : ('unsafe' as const) }),
  };
}

const hints: ReadonlyMap<string, string> = new Map([
  ['reasons Expired', ': no budget holds expiration back'],
  ['consolidationPolicy Never', ': to switch consolidation off write consolidateAfter: Never'],
]);

function patternFault(path: Path, { pattern, actual }: Violation & { kind: 'pattern' }): ValueFault {
  const wanted = wantedAt(path) ?? `a text that matches ${pattern}`;
  return { message: `"${actual}" for ${nameOf(path)} is not ${wanted}`, ...slipAt(path, actual) };
}

function boundFault(name: string, { of, limit, bound, actual }: Violation & { kind: 'bound' }): string {
  const most = limit === 'maximum' ? 'at most' : 'at least';
  switch (of) {
    case 'value':
      return `${name} ${actual} must be ${most} ${bound}`;
    case 'length':
      return actual === 0 ? `${name} is empty` : `${name} has ${actual} characters, ${most} ${bound} are allowed`;
    case 'items':
      return actual === 0
        ? `${name} is empty: it needs ${most} ${bound}`
        : `${name} lists ${actual}, ${most} ${bound} are allowed`;
    case 'properties':
      return `${name} has ${actual} entries, ${most} ${bound} are allowed`;
  }
}

function notServed(kind: string, { apiVersion, servedVersions }: Violation & { kind: 'not-served' }): string {
  if (servedVersions.length > 0) return `${kind} is served as ${servedVersions.join(' and ')}, not as ${apiVersion}`;
  const [near] = nearestWords(kind, kinds);
  return `Karpenter has no kind ${kind}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

const kinds = ['NodePool', 'NodeClaim', 'NodeOverlay', 'EC2NodeClass', 'CapacityBuffer'];

/** The last key of a path: an item of a list goes by the list's name. */
function nameOf(path: Path): string {
  const name = path.findLast((part) => typeof part === 'string');
  return name === undefined ? 'the object' : String(name);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
