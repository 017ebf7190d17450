import type { Resource } from './access.ts';
import type { ApiServer } from './api-server.ts';
import { dig, digText } from './dig.ts';

/** All objects of one kind as they were at one instant. */
export interface Listing<T = unknown> {
  readonly items: readonly T[];
  /** From where a watch takes over. */
  readonly resourceVersion: string;
}

/** What the API server said instead; its own words in `message`. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

export interface Paging<T = unknown> {
  readonly page: number;
  readonly signal?: AbortSignal | undefined;
  /** Of which objects, `app=web`. */
  readonly labelSelector?: string;
  /** Given each page as it comes, and the version it is in; what it returns is collected. */
  readonly keep: (items: readonly unknown[], version: string) => readonly T[];
}

/** A listing, and in which version and where it was served. */
export interface Served<T = unknown> extends Listing<T> {
  readonly version: string;
  readonly path: string;
}

/** Lists a kind in the first of its versions that is served; refused with 404 if none is. */
export async function listServed<T>(
  api: ApiServer,
  { group, versions, resource }: Resource,
  paging: Paging<T>,
): Promise<Served<T> | { readonly refused: Refusal }> {
  let last: Refusal = { status: 404, message: `${resource} is served in no version` };
  for (const version of versions) {
    const path = `${group === '' ? `/api/${version}` : `/apis/${group}/${version}`}/${resource}`;
    const listed = await listAll(api, path, version, paging);
    if (!('refused' in listed)) return { ...listed, version, path };
    last = listed.refused;
    if (last.status !== 404) break;
  }
  return { refused: last };
}

/** Lists a kind page by page. Where the pages run out of date midway (410) it begins again from the start, once. */
async function listAll<T>(api: ApiServer, path: string, version: string, paging: Paging<T>): Promise<Listed<T>> {
  const first = await listOnce(api, path, version, paging);
  return 'refused' in first && first.refused.status === 410 ? listOnce(api, path, version, paging) : first;
}

type Listed<T> = Listing<T> | { readonly refused: Refusal };

async function listOnce<T>(api: ApiServer, path: string, version: string, paging: Paging<T>): Promise<Listed<T>> {
  const { page, signal, labelSelector = '', keep } = paging;
  const items: T[] = [];
  for (let from = ''; ; ) {
    const selected = labelSelector && `&labelSelector=${encodeURIComponent(labelSelector)}`;
    const query = `limit=${page}${selected}${from && `&continue=${encodeURIComponent(from)}`}`;
    const { status, body } = await api.request('GET', `${path}?${query}`, undefined, signal ? { signal } : {});
    if (status !== 200) return { refused: { status, message: messageOf(body, status) } };
    const found = dig(body, 'items');
    const resourceVersion = digText(body, 'metadata', 'resourceVersion');
    if (!Array.isArray(found) || resourceVersion === undefined)
      return { refused: { status: 0, message: 'the answer is no list' } };
    for (const item of keep(found, version)) items.push(item);
    from = digText(body, 'metadata', 'continue') ?? '';
    if (from === '') return { items, resourceVersion };
  }
}

/** The `message` of a Status, else what stands there. */
export function messageOf(body: unknown, status: number): string {
  const said = digText(body, 'message');
  if (said !== undefined) return said;
  return typeof body === 'string' && body.trim() !== '' ? body.trim().slice(0, 200) : `HTTP status ${status}`;
}
