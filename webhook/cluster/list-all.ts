import type { Resource } from './access.ts';
import type { ApiServer } from './api-server.ts';

/** All objects of one kind as they were at one instant. */
export interface Listing {
  readonly items: readonly unknown[];
  /** From where a watch takes over. */
  readonly resourceVersion: string;
}

/** What the API server said instead; its own words in `message`. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

export interface Paging {
  readonly page: number;
  readonly signal?: AbortSignal | undefined;
  /** Each page as it comes, so that what is not wanted of it need not be kept; what it returns is collected. */
  readonly keep?: (items: readonly unknown[]) => readonly unknown[];
}

/** A listing, and in which version and where it was served. */
export interface Served extends Listing {
  readonly version: string;
  readonly path: string;
}

/** Lists a kind in the first of its versions that is served; refused with 404 if none is. */
export async function listServed(
  api: ApiServer,
  { group, versions, resource }: Resource,
  paging: Paging,
): Promise<Served | { readonly refused: Refusal }> {
  let last: Refusal = { status: 404, message: `${resource} is served in no version` };
  for (const version of versions) {
    const path = `${group === '' ? `/api/${version}` : `/apis/${group}/${version}`}/${resource}`;
    const listed = await listAll(api, path, paging);
    if (!('refused' in listed)) return { ...listed, version, path };
    last = listed.refused;
    if (last.status !== 404) break;
  }
  return { refused: last };
}

/** Lists a kind page by page. Where the pages run out of date midway (410) it begins again from the start, once. */
export async function listAll(api: ApiServer, path: string, paging: Paging): Promise<Listing | { readonly refused: Refusal }> {
  const first = await listOnce(api, path, paging);
  return 'refused' in first && first.refused.status === 410 ? listOnce(api, path, paging) : first;
}

async function listOnce(api: ApiServer, path: string, paging: Paging): Promise<Listing | { readonly refused: Refusal }> {
  const { page, signal, keep = (items) => items } = paging;
  const items: unknown[] = [];
  for (let from = ''; ; ) {
    const query = `limit=${page}${from && `&continue=${encodeURIComponent(from)}`}`;
    const { status, body } = await api.request('GET', `${path}?${query}`, undefined, signal ? { signal } : {});
    if (status !== 200) return { refused: { status, message: messageOf(body, status) } };
    const { items: found, metadata } = body as { items?: unknown; metadata?: { resourceVersion?: unknown; continue?: unknown } };
    if (!Array.isArray(found) || typeof metadata?.resourceVersion !== 'string')
      return { refused: { status: 0, message: 'the answer is no list' } };
    for (const item of keep(found)) items.push(item);
    if (typeof metadata.continue !== 'string' || metadata.continue === '')
      return { items, resourceVersion: metadata.resourceVersion };
    from = metadata.continue;
  }
}

/** The `message` of a Status, else what stands there. */
export function messageOf(body: unknown, status: number): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return typeof body === 'string' && body.trim() !== '' ? body.trim().slice(0, 200) : `HTTP status ${status}`;
}
