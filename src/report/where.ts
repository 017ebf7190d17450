import type { Location } from '../diagnostic/diagnostic.ts';
import type { ObjectIdentity } from '../text/place.ts';
import { visible } from './visible.ts';

/** `file:line:column`, the form in which editors and terminals offer to go there. Without text the file alone; without a file the object. */
export function where({ file, range, object }: Pick<Location, 'file' | 'range' | 'object'>): string {
  const name = visible(home({ file, object }));
  return range ? `${name}:${range.start.line}:${range.start.column}` : name;
}

/** The file, or for what came without one the object: what findings are grouped under. */
export function home({ file, object }: { readonly file: string; readonly object?: ObjectIdentity | undefined }): string {
  return file === '' && object ? objectName(object) : file;
}

/** `NodePool gpu`, `Deployment shop/web`. */
export function objectName({ kind, namespace, name }: ObjectIdentity): string {
  const full = namespace === undefined ? name : `${namespace}/${name ?? ''}`;
  return visible(full === undefined ? (kind ?? 'object') : `${kind ?? 'object'} ${full}`);
}
