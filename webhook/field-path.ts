/** A JSON Pointer into an object as Kubernetes writes paths: `spec.template.spec.requirements[0].values`. */
export function fieldPath(pointer: string, object: unknown): string {
  let path = '';
  let value = object;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path += Array.isArray(value) || !plainKey.test(key) ? `[${key}]` : `${path && '.'}${key}`;
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return path;
}

const plainKey = /^[A-Za-z_][\w-]*$/;
