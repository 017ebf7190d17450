import type { Exemption } from '../../lint/exemption.ts';
import { literal } from './literal.ts';

/** True for the requests that an exemption means; undefined where one of its globs cannot be said in CEL. */
export function exemptionCel({ names = [], users = [], groups = [] }: Exemption): string | undefined {
  const patterns = [names, users, groups].map(patternOf);
  if (patterns.includes(undefined)) return undefined;
  const [name = '', user = '', group = ''] = patterns;
  const who = [
    ...(user === '' ? [] : [`request.userInfo.username.matches(${user})`]),
    ...(group === '' ? [] : [`(has(request.userInfo.groups) && request.userInfo.groups.exists(group, group.matches(${group})))`]),
  ];
  // A name that the server makes up is not known yet.
  const what = name === '' ? [] : [`(has(object.metadata.name) && object.metadata.name.matches(${name}))`];
  const parts = [...what, ...(who.length > 1 ? [`(${who.join(' || ')})`] : who)];
  return parts.length === 0 ? 'true' : parts.join(' && ');
}

/** One pattern for all globs of a list, as a literal; '' for an empty list. */
function patternOf(globs: readonly string[]): string | undefined {
  if (globs.length === 0) return '';
  const sources = globs.map(sourceOf);
  return sources.includes(undefined) ? undefined : literal(`^(${sources.join('|')})$`);
}

/** Of the globs that people write for names: `*` for anything but a slash, `**` for anything, `?` for one character. */
function sourceOf(glob: string): string | undefined {
  if (/[[\]{}()!+@\\]/.test(glob)) return undefined;
  return glob.replaceAll(/\*\*|[*?.^$|]/g, (part) => globParts.get(part) ?? `\\${part}`);
}

const globParts: ReadonlyMap<string, string> = new Map([
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
]);
