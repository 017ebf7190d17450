import type { Catalog } from '../../catalog/catalog.ts';
import type { Settings } from '../../config/settings.ts';
import type { Need } from '../../lint/world.ts';
import { pointer } from '../../text/place.ts';
import { readJson } from '../files/read-json.ts';
import { UsageError } from '../usage-error.ts';

/** Instance types, prices and zones, if a rule wants them: they cost every run that loads them some milliseconds. */
export async function catalogFor(settings: Settings, needs: ReadonlySet<Need>): Promise<Catalog | undefined> {
  return needs.has('catalog') || needs.has('proof') ? openCatalog(settings) : undefined;
}

/** The built-in catalog, with the file of the settings laid over it. */
export async function openCatalog({ catalog: file }: Settings): Promise<Catalog> {
  const { loadCatalog } = await import('../../catalog/load.ts');
  const catalog = await loadCatalog();
  return file === undefined ? catalog : withFile(catalog, file);
}

async function withFile(catalog: Catalog, file: string): Promise<Catalog> {
  const { withCatalogFile } = await import('../../catalog/with-catalog-file.ts');
  const { catalog: laidOver, errors } = withCatalogFile(catalog, readJson(file, '--catalog'), file);
  const [first, ...rest] = errors;
  if (!first) return laidOver;
  const more = rest.length > 0 ? ` (and ${rest.length} more mistakes)` : '';
  throw new UsageError(`the catalog ${file}: ${pointer(first.path) || 'the file'} ${first.message}${more}`);
}
