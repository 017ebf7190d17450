import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answer, bookmark, breakingAfter, event, type Peer, pool, saying, status } from './support/peer.ts';
import { aPeer, CLASSES, clientOf, follow, POOLS, type Rig } from './support/rig.ts';

async function served(...pools: readonly object[]): Promise<Peer> {
  const server = await aPeer();
  server.serve(POOLS, pools);
  server.serve(CLASSES, []);
  return server;
}

const eventually = (probe: () => unknown) => expect.poll(probe, { interval: 2, timeout: 15_000 });
const holds = (rig: Rig, ...names: readonly string[]) => eventually(() => rig.names()).toEqual(names);
const asked = (server: Peer, sort: 'list' | 'watch', path = POOLS) =>
  server.requests.filter(({ line }) => line.startsWith(`GET ${path}?`) && line.includes('watch=1') === (sort === 'watch'));

describe('what is held', () => {
  test('nothing until every kind was listed, then all of it, page by page', async () => {
    const server = await served(pool('a', '1'), pool('b', '2'), pool('c', '3'));
    let release: (() => void) | undefined;
    server.next('list', CLASSES, (response) => {
      release = () => answer(response, 200, { metadata: { resourceVersion: '9' }, items: [] });
    });
    const rig = follow(clientOf(server));
    await eventually(() => asked(server, 'watch').length).toBe(1);
    expect(rig.names()).toBeUndefined();
    expect(rig.snapshot.ageSeconds(Date.now())).toBe(Number.POSITIVE_INFINITY);
    release?.();
    await holds(rig, 'a', 'b', 'c');
    expect(asked(server, 'list').map(({ line }) => line)).toEqual([`GET ${POOLS}?limit=2`, `GET ${POOLS}?limit=2&continue=2`]);
    expect(rig.snapshot.ageSeconds(Date.now() + 30_000)).toBeGreaterThanOrEqual(30);
  });

  test('what is added, changed and deleted', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server));
    await eventually(() => server.watches(POOLS).length).toBe(1);
    const { version } = rig.snapshot;
    server.tell(POOLS, 'ADDED', pool('b', '101'));
    await holds(rig, 'a', 'b');
    expect(rig.snapshot.version).toBeGreaterThan(version);
    server.tell(POOLS, 'MODIFIED', pool('a', '102', { spec: { weight: 7 } }));
    await eventually(() => JSON.stringify(rig.snapshot.objects())).toContain('"weight":7');
    server.tell(POOLS, 'DELETED', pool('a', '103'));
    await holds(rig, 'b');
  });

  test('the same version where nothing changes of what is held', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server));
    await holds(rig, 'a');
    await eventually(() => server.watches(POOLS).length).toBe(1);
    const { version } = rig.snapshot;
    const metadata = { name: 'a', resourceVersion: '102', managedFields: [{ manager: 'x' }] };
    server.tell(POOLS, 'MODIFIED', { ...pool('a', '102'), metadata });
    server.tell(POOLS, 'BOOKMARK', pool('', '103'));
    server.tell(POOLS, 'ADDED', pool('b', '104'));
    await holds(rig, 'a', 'b');
    expect(rig.snapshot.version).toBe(version + 1);
  });

  test('the same objects after a full list that finds nothing new', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), { relist: 15 });
    await holds(rig, 'a');
    const { version } = rig.snapshot;
    const before = rig.snapshot.objects();
    server.serve(POOLS, [pool('a', '140')], '150');
    const lists = asked(server, 'list').length;
    await eventually(() => asked(server, 'list').length).toBeGreaterThan(lists + 2);
    expect(rig.snapshot.version).toBe(version);
    expect(rig.snapshot.objects()).toBe(before);
  });

  test('nothing at level none, without a call', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), {}, 'none' as never);
    expect(rig.names()).toBeUndefined();
    expect(rig.snapshot.ageSeconds(Date.now())).toBe(Number.POSITIVE_INFINITY);
    expect(server.requests).toEqual([]);
  });
});

describe('a watch that dies', () => {
  const later = event('ADDED', pool('b', '105'));

  /** What the first watch of the pools does, and the lists that have come once `b` is known, told by the second watch. */
  const dying: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    [
      'closed in the middle of a line',
      (response) => saying(bookmark('104') + later.slice(0, 40))(response, new URL('x:'), {} as never),
    ],
    [
      'broken in the middle of a line',
      (response) => breakingAfter(bookmark('104') + later.slice(0, 40))(response, new URL('x:'), {} as never),
    ],
    ['that sends garbage', (response) => saying(`${bookmark('104')}<html>\n`)(response, new URL('x:'), {} as never)],
    ['whose answer is no answer', (response) => void response.socket?.end('HTTP/0.9 what\r\n\r\n')],
  ];

  test.each(dying)('%s is taken up where it was, and nothing is lost', async (_, die) => {
    const server = await served(pool('a', '1'));
    server.next(
      'watch',
      POOLS,
      (response) => die(response),
      (response) => void response.writeHead(200).write(later),
    );
    const rig = follow(clientOf(server));
    await holds(rig, 'a', 'b');
    expect(asked(server, 'list')).toHaveLength(1);
    expect(asked(server, 'watch')[1]?.line).toMatch(/&resourceVersion=10[04]$/);
  });

  test('a bookmark moves the place from where it goes on', async () => {
    const server = await served(pool('a', '1'));
    server.next('watch', POOLS, saying(bookmark('177')));
    follow(clientOf(server));
    await eventually(() => asked(server, 'watch')[1]?.line).toMatch(/resourceVersion=177$/);
  });

  test.each([
    ['as an event', saying(event('ERROR', { kind: 'Status', code: 410, message: 'too old' })), 'too old'],
    ['as the answer', status(410, 'too old'), 'too old'],
    ['by an event without a version', saying(event('ADDED', { metadata: {} })), 'no event'],
    ['by what is no event', saying('[1]\n'), 'no event'],
  ])('refused %s: all is listed again, and what was deleted meanwhile is gone', async (_, refuse, message) => {
    const server = await served(pool('a', '1'), pool('b', '2'));
    server.next('watch', POOLS, (...request) => {
      server.serve(POOLS, [pool('b', '2'), pool('c', '107')], '107');
      refuse(...request);
    });
    const rig = follow(clientOf(server));
    await holds(rig, 'b', 'c');
    await eventually(() => asked(server, 'watch')[1]?.line).toMatch(/resourceVersion=107$/);
    expect(rig.mishaps).toEqual([{ kind: 'NodePool', message: expect.stringContaining(message) }]);
  });

  test('garbage again and again from the same place: all is listed again', async () => {
    const server = await served(pool('a', '1'));
    server.next('watch', POOLS, ...Array.from({ length: 3 }, () => saying('{"type":\n')));
    const rig = follow(clientOf(server));
    await holds(rig, 'a');
    await eventually(() => asked(server, 'list').length).toBe(2);
  });

  test('silent: it is given up and taken up again', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), { silence: 25 });
    await holds(rig, 'a');
    await eventually(() => asked(server, 'watch').length).toBeGreaterThanOrEqual(3);
    expect(rig.mishaps[0]?.message).toContain('silent');
    expect(server.watches(POOLS).length).toBeLessThanOrEqual(1);
  });

  test('quiet but for its bookmarks: it is left alone', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), { silence: 500 });
    await eventually(() => server.watches(POOLS).length).toBe(1);
    const speaking = setInterval(() => {
      for (const path of [POOLS, CLASSES]) server.tell(path, 'BOOKMARK', pool('', '103'));
    }, 50);
    await new Promise((resolve) => setTimeout(resolve, 900));
    clearInterval(speaking);
    expect(asked(server, 'watch')).toHaveLength(1);
    expect(rig.mishaps).toEqual([]);
  });

  test('closed as soon as it is opened: each time the wait is longer', async () => {
    const server = await served(pool('a', '1'));
    server.next('watch', POOLS, ...Array.from({ length: 20 }, () => saying('')));
    follow(clientOf(server), { backoff: { first: 8, longest: 10_000 } });
    await eventually(() => asked(server, 'watch').length).toBeGreaterThanOrEqual(6);
    const at = asked(server, 'watch').map((request) => request.at);
    const gap = (n: number): number => (at[n] ?? 0) - (at[n - 1] ?? 0);
    expect(gap(5)).toBeGreaterThan(8 * 2 ** 3);
  });

  test('that keeps a change to itself: the next full list finds it', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), { relist: 30, watch: 2_000 });
    await eventually(() => server.watches(POOLS).length).toBe(1);
    server.serve(POOLS, [pool('z', '300')], '300');
    await holds(rig, 'z');
  });
});

describe('a server in trouble', () => {
  test.each([
    ['fails', status(500, 'etcd is sad')],
    ['is overloaded', status(429, 'later')],
    ['does not know the account', status(401, 'Unauthorized')],
    ['talks nonsense', saying('<html>')],
    ['sends a list that is none', saying('{"items":{}}')],
    ['hangs up', (response: ServerResponse) => void response.destroy()],
  ])('that %s is asked again', async (_, misbehave) => {
    const server = await served(pool('a', '1'));
    server.next('list', POOLS, misbehave, misbehave, misbehave);
    const rig = follow(clientOf(server));
    await holds(rig, 'a');
    expect(rig.mishaps.length).toBeGreaterThanOrEqual(2);
  });

  test('a list whose pages run out of date begins again', async () => {
    const server = await served(pool('a', '1'), pool('b', '2'), pool('c', '3'));
    const page = (response: ServerResponse) =>
      answer(response, 200, { metadata: { resourceVersion: '50', continue: '2' }, items: [pool('gone', '1')] });
    server.next('list', POOLS, page, status(410, 'continue token expired'));
    const rig = follow(clientOf(server));
    await holds(rig, 'a', 'b', 'c');
    expect(rig.mishaps).toEqual([]);
  });

  test('one that dies and comes back', async () => {
    const first = await served(pool('a', '1'));
    const where = { url: first.url };
    const rig = follow(clientOf(where));
    await holds(rig, 'a');
    await first.close();
    await eventually(() => rig.mishaps.length).toBeGreaterThan(2);
    expect(rig.names()).toEqual(['a']);
    expect(rig.snapshot.kinds().find(({ kind }) => kind === 'NodePool')?.failures).toBeGreaterThan(0);
  });

  test('that is not there: stopped while it waits for the next attempt', async () => {
    const nobody = await aPeer();
    await nobody.close();
    const rig = follow(clientOf(nobody), { backoff: { first: 10_000, longest: 10_000 } });
    await eventually(() => rig.mishaps.length).toBe(3);
    rig.snapshot.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rig.names()).toBeUndefined();
  });

  test('stopped: no call comes any more, and open watches are let go', async () => {
    const server = await served(pool('a', '1'));
    const rig = follow(clientOf(server), { relist: 10, watch: 20, silence: 15 });
    await holds(rig, 'a');
    rig.snapshot.stop();
    await eventually(() => server.watches(POOLS).length).toBe(0);
    // What was on its way may still arrive.
    await new Promise((resolve) => setTimeout(resolve, 40));
    const { length } = server.requests;
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(server.requests.length).toBe(length);
  });
});

describe('a kind that may not be read', () => {
  test('is absent and named, and comes as soon as it may', async () => {
    const server = await served(pool('a', '1'));
    server.serve(CLASSES, [pool('default', '5')]);
    server.next('list', CLASSES, status(403, 'ec2nodeclasses is forbidden'));
    const rig = follow(clientOf(server));
    await holds(rig, 'a');
    expect(rig.mishaps).toContainEqual({ kind: 'EC2NodeClass', message: 'ec2nodeclasses is forbidden' });
    expect(rig.snapshot.kinds().find(({ kind }) => kind === 'EC2NodeClass')?.standing).toBe('forbidden');
    expect(rig.snapshot.ageSeconds(Date.now())).toBeLessThan(60);
    await holds(rig, 'a', 'default');
  });

  test('any more is let go of', async () => {
    const server = await served(pool('a', '1'), pool('b', '2'));
    const rig = follow(clientOf(server), { refused: 60_000 });
    await eventually(() => server.watches(POOLS).length).toBe(1);
    server.next('list', POOLS, status(403, 'no more'));
    server.tell(POOLS, 'ERROR', { kind: 'Status', code: 410, message: 'too old' });
    await holds(rig);
  });

  test('is not served: add-ons without a word, in whichever version there is', async () => {
    const server = await served(pool('a', '1'));
    server.serve('/apis/karpenter.sh/v1alpha1/nodeoverlays', [{ metadata: { name: 'cheap', resourceVersion: '4' } }]);
    const rig = follow(clientOf(server));
    await holds(rig, 'a', 'cheap');
    expect(JSON.stringify(rig.snapshot.objects())).toContain('"apiVersion":"karpenter.sh/v1alpha1","kind":"NodeOverlay"');
    expect(rig.mishaps).toEqual([]);
  });
});
