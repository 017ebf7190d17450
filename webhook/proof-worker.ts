import { parentPort } from 'node:worker_threads';
import { rules } from '../rules/index.ts';
import { prover } from '../src/prover/prover.ts';
import type { ProofOrder } from './proof-messages.ts';
import { proveOrders } from './prove-orders.ts';

/** Entry of the worker that proves: the event loop that answers the API server must not wait for it. */
if (!parentPort) throw new Error('this is to be started as a worker');
const port = parentPort;
const carryOut = proveOrders(rules, prover, (reply) => port.postMessage(reply));
// Whatever is thrown ends the worker, and whoever started it learns of it.
port.on('message', (order: ProofOrder) => {
  carryOut(order).catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
});
