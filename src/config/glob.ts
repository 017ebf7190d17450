import picomatch from 'picomatch';

/**
 * Tells the files that some globs mean. They are relative to the folder of the configuration. One that names a folder means
 * all beneath it; one without a slash means a name in any folder, as in `.gitignore`.
 */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch(globs.flatMap(spellings), { dot: true });
}

function spellings(glob: string): readonly string[] {
  const path = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  if (path === '' || path === '.') return ['**'];
  const anywhere = path.includes('/') ? path : `**/${path}`;
  return [anywhere, `${anywhere}/**`];
}

/** Tells the objects that some globs mean: `Kind/name` or `Kind/namespace/name`, where `*` stops at a slash. */
export function nameMatcher(globs: readonly string[]): (name: string) => boolean {
  return globs.length === 0 ? () => false : picomatch(globs.slice(), { dot: true });
}
