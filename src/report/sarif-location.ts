import type { Location } from '../diagnostic/diagnostic.ts';
import type { Range } from '../text/lines.ts';
import { objectName } from './where.ts';

export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** A relative file is a percent-encoded reference under `%SRCROOT%`, an absolute one (also `C:\x`) a `file:` URI. */
export function artifactLocation(file: string): ArtifactLocation {
  const path = file.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded(path.slice(0, 2), path.slice(2))}` };
  if (path.startsWith('/')) return { uri: `file://${encoded('', path)}` };
  return { uri: encoded('', path.replace(/^(?:\.\/)+/, '')), uriBaseId: '%SRCROOT%' };
}

export function physicalLocation({ file, range }: Pick<Location, 'file' | 'range'>): object {
  return { artifactLocation: artifactLocation(file), ...(range && { region: region(range) }) };
}

export function region({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    byteOffset: start.offset,
    byteLength: end.offset - start.offset,
  };
}

/** Where in text and in which object. An object without text has the second only. */
export function location(place: Location): object {
  const { file, object, path } = place;
  const logical = object && {
    name: object.name,
    kind: 'object',
    fullyQualifiedName: `${object.apiVersion ?? ''} ${objectName(object)}${path}`.trim(),
  };
  return { ...(file !== '' && { physicalLocation: physicalLocation(place) }), ...(logical && { logicalLocations: [logical] }) };
}

function encoded(prefix: string, path: string): string {
  const segments = path.split('/').map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd')));
  return prefix + segments.join('/');
}
