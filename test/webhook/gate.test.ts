import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { byteBudget, MOST_BODY, readBody, uidIn } from '../../webhook/body.ts';
import { deadlineFrom } from '../../webhook/deadline.ts';
import { gate } from '../../webhook/gate.ts';

const soon = () => deadlineFrom('10s', performance.now());

test('so many are let in, so many wait in turn, and the rest are turned away at once', async () => {
  const door = gate(2, 2);
  const [first, second] = [await door.enter(soon()), await door.enter(soon())] as (() => void)[];
  const order: string[] = [];
  const wait = async (name: string): Promise<() => void> => {
    const leave = (await door.enter(soon())) as () => void;
    order.push(name);
    return leave;
  };
  const [third, fourth] = [wait('third'), wait('fourth')];
  expect(await door.enter(soon())).toBe('full');
  expect([door.inFlight, door.queued]).toEqual([2, 2]);
  first?.();
  first?.();
  (await third)();
  (await fourth)();
  second?.();
  expect(order).toEqual(['third', 'fourth']);
  expect([door.inFlight, door.queued]).toEqual([0, 0]);
});

test('whoever waits beyond his deadline goes away, and nobody behind him is lost', async () => {
  const door = gate(1, 5);
  const leave = (await door.enter(soon())) as () => void;
  const hasty = door.enter({ at: performance.now(), left: () => 0 });
  const patient = door.enter(soon());
  expect(await hasty).toBe('late');
  expect(door.queued).toBe(1);
  leave();
  expect(await patient).toEqual(expect.any(Function));
});

test('the deadline is what the API server grants, less what it rounds up', () => {
  const granted = (timeout: unknown): number => Math.round(deadlineFrom(timeout, 0).at);
  expect(granted('3s')).toBe(2500);
  expect(granted('1m0s')).toBe(30_000);
  expect(granted('500ms')).toBe(100);
  for (const odd of [undefined, '', 'x', '-3s', ['3s'], '9'.repeat(1e6)]) expect([100, 9500]).toContain(granted(odd));
});

function chunks(...sizes: readonly number[]): Readable {
  return Readable.from(sizes.map((size) => Buffer.alloc(size, 'x')));
}

test('bodies hold bytes of a common budget while they are judged, announced or not', async () => {
  const budget = byteBudget(100);
  const held = await readBody(chunks(30, 30), 60, budget);
  expect(held.kind).toBe('read');
  expect((await readBody(chunks(50), 50, budget)).kind).toBe('refused');
  expect((await readBody(chunks(20, 30), 0, budget)).kind).toBe('refused');
  if (held.kind === 'read') held.release();
  const next = await readBody(chunks(50, 50), 0, budget);
  expect(next).toMatchObject({ kind: 'read', bytes: { length: 100 } });
});

test('a body that breaks off gives its bytes back', async () => {
  const budget = byteBudget(100);
  async function* broken(): AsyncIterable<Buffer> {
    yield Buffer.alloc(60);
    throw new Error('the caller went away');
  }
  await expect(readBody(Readable.from(broken()), 80, budget)).rejects.toThrow('the caller went away');
  const silent = new Readable({ read: () => undefined });
  silent.push(Buffer.alloc(60));
  const reading = readBody(silent, 80, budget);
  silent.destroy();
  await expect(reading).rejects.toThrow('the caller went away');
  expect((await readBody(chunks(100), 100, budget)).kind).toBe('read');
});

test('of a body that is too large the beginning is kept, whatever its chunks', async () => {
  const head = Buffer.from('{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"a-b-1","x":"');
  async function* large(): AsyncIterable<Buffer> {
    yield head.subarray(0, 10);
    yield head.subarray(10);
    for (let sent = 0; sent < MOST_BODY; sent += 1 << 20) yield Buffer.alloc(1 << 20, 'x');
  }
  for (const announced of [0, MOST_BODY + 1]) {
    const body = await readBody(Readable.from(large()), announced, byteBudget(MOST_BODY * 2));
    expect(body).toMatchObject({ kind: 'refused', why: 'too-large' });
    expect(body.kind === 'refused' && uidIn(body.head)).toBe('a-b-1');
  }
  expect(uidIn('{"object":{"uid":"no"}}')).toBeUndefined();
});
