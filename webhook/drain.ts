import { setTimeout as sleep } from 'node:timers/promises';
import type { ReviewServer } from './server.ts';

/**
 * Goes without losing a call: for a while it serves on, and each answer asks its caller to connect elsewhere, so that the API
 * server's pool of connections empties as it is used; then calls that still come are answered, and all connections are closed.
 */
export async function drained(server: Pick<ReviewServer, 'close' | 'sendAway'>, milliseconds: number): Promise<void> {
  server.sendAway();
  await sleep(milliseconds);
  await server.close();
}
