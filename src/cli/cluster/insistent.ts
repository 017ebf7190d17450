import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, ApiServer, Method } from '../../../webhook/cluster/api-server.ts';
import { Unreachable } from '../../../webhook/cluster/unreachable.ts';

/** Waits between the attempts, in milliseconds. */
const waits = [250, 500, 1000, 2000, 4000];

/**
 * The same server, asked again where it failed for a moment: a long read goes on at the page where it was. What writes is sent again
 * only where the server says that it did nothing (429).
 */
export function insistent(api: ApiServer, pauses: readonly number[] = waits): ApiServer {
  return {
    ...api,
    request: async (method, path, body, options) => {
      for (const pause of pauses) {
        const answer = await attempt(() => api.request(method, path, body, options), method);
        if (answer) return answer;
        await sleep(pause * (0.5 + Math.random() / 2), undefined, options);
      }
      return api.request(method, path, body, options);
    },
  };
}

/** Undefined where it is worth another attempt. */
async function attempt(send: () => Promise<Answer>, method: Method): Promise<Answer | undefined> {
  try {
    const answer = await send();
    const isMomentary = answer.status === 429 || (method === 'GET' && answer.status >= 500);
    return isMomentary ? undefined : answer;
  } catch (error) {
    if (method === 'GET' && error instanceof Unreachable) return undefined;
    throw error;
  }
}
