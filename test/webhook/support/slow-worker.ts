import { parentPort } from 'node:worker_threads';
import type { Rule } from '../../../src/lint/rule.ts';
import type { Prover, ProverInput } from '../../../src/prover/prover.ts';
import type { ProofOrder } from '../../../webhook/proof-messages.ts';
import { proveOrders } from '../../../webhook/prove-orders.ts';

/** A worker whose rules do as the names of the pools say: `quick`, `thorough` (until it is told that the time is up), `stuck`, `boom`, `die`. */
const behaving: Rule<'NodePool'> = {
  id: 'behaving',
  code: 'PP998',
  on: 'NodePool',
  effect: 'risk',
  severity: 'error',
  needs: ['proof'],
  summary: 'a pool of the test',
  why: 'For a test.',
  docs: 'https://example.com/',
  bad: '',
  good: '',
  *check(pool, world) {
    const name = pool.name?.value ?? '';
    if (name.startsWith('stuck')) for (;;);
    if (name.startsWith('boom')) throw new Error('boom');
    if (name.startsWith('die')) process.exit(3);
    // The prover of this worker gives back what tells whether the time is up.
    const expired = world.prover as unknown as () => boolean;
    if (name.startsWith('thorough')) while (!expired());
    yield { at: pool.keyAt, message: `${name} among ${world.context.nodePools.length}` };
  },
};

const port = parentPort;
if (!port) throw new Error('this is a worker');
const prove = ({ expired }: ProverInput): Prover => expired as unknown as Prover;
const carryOut = proveOrders([behaving as unknown as Rule], prove, (reply) => port.postMessage(reply));
port.on('message', (order: ProofOrder) => void carryOut(order));
