import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { digList } from '../../../webhook/cluster/dig.ts';
import { messageOf } from '../../../webhook/cluster/list-all.ts';

/** What there is at a path of the API, or why that is not known. */
export type Found =
  | { readonly is: 'there'; readonly value: unknown }
  | { readonly is: 'absent' }
  | { readonly is: 'hidden'; readonly why: string };

/** Looks at a cluster; at each thing once. */
export interface Looker {
  at(path: string): Promise<Found>;
  /** The items of a collection; undefined where they may not be listed. One that is not served is empty. */
  all(path: string): Promise<readonly unknown[] | undefined>;
}

export function looker(api: ApiServer): Looker {
  const seen = new Map<string, Promise<Found>>();
  const at = (path: string): Promise<Found> => {
    const found = seen.get(path) ?? look(api, path);
    seen.set(path, found);
    return found;
  };
  return {
    at,
    all: async (path) => {
      const found = await at(path);
      if (found.is === 'hidden') return undefined;
      return found.is === 'absent' ? [] : digList(found.value, 'items');
    },
  };
}

async function look(api: ApiServer, path: string): Promise<Found> {
  const { status, body } = await api.request('GET', path);
  if (status === 200) return { is: 'there', value: body };
  return status === 404 ? { is: 'absent' } : { is: 'hidden', why: messageOf(body, status) };
}
