import type { ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The open connections of a server, whatever has been asked over them. */
export interface Connections {
  /** Resolves when all that was asked is answered and every connection is closed. */
  hangUp(): Promise<void>;
}

/**
 * Clients open connections in advance that they may never use. Node counts one that has never been asked anything, or is still in
 * its handshake, as busy: neither `closeIdleConnections` nor the end of all answers would end it, and the server would not close.
 */
export function connectionsOf(server: Server): Connections {
  const sockets = new Set<Socket>();
  let answering = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (_request: unknown, response: ServerResponse) => {
    answering++;
    response.once('close', () => answering--);
  });
  return {
    hangUp: async () => {
      while (answering > 0) await sleep(20);
      for (const socket of sockets) socket.destroy();
    },
  };
}
