import { describe, expect, test } from 'vitest';
import { insistent } from '../../src/cli/cluster/insistent.ts';
import { isIn, shardFrom } from '../../src/cli/scan/shard.ts';
import { listServed } from '../../webhook/cluster/list-all.ts';
import { Unreachable } from '../../webhook/cluster/unreachable.ts';
import { pool, status } from './support/peer.ts';
import { aPeer, clientOf, POOLS } from './support/rig.ts';

describe('shards', () => {
  test('every object is in exactly one, and they are about as large', () => {
    const files = Array.from({ length: 3000 }, (_, at) => `cluster/Deployment/team-${at % 7}/app-${at}`);
    const shards = [1, 2, 3].map((index) => files.filter((file) => isIn({ index, count: 3 }, file)));
    expect(shards.flat().sort()).toEqual([...files].sort());
    for (const shard of shards) expect(Math.abs(shard.length - 1000)).toBeLessThan(150);
  });

  test('without one everything is meant', () => {
    expect(isIn(shardFrom(undefined), 'anything')).toBe(true);
  });

  test.each(['0/3', '4/3', '1/0', '1', 'a/b', '1/2/3', '-1/2', '1/1001', ''])('%j is none', (said) => {
    expect(() => shardFrom(said)).toThrow(/--shard/);
  });
});

describe('a long read', () => {
  const resource = { kind: 'NodePool', group: 'karpenter.sh', versions: ['v1'], resource: 'nodepools' };
  const brief = [1, 1, 1];

  test('goes on at the page where the server failed', async () => {
    const server = await aPeer();
    server.serve(POOLS, [pool('a', '1'), pool('b', '2'), pool('c', '3'), pool('d', '4')]);
    let pages = 0;
    const api = insistent(clientOf(server), brief);
    const keep = (items: readonly unknown[]) => {
      if (pages++ === 0) server.next('list', POOLS, status(503, 'a'), status(429, 'b'));
      return items;
    };
    const listed = await listServed(api, resource, { page: 2, keep });
    expect('items' in listed && listed.items).toHaveLength(4);
    expect(server.requests.filter(({ line }) => !line.includes('continue'))).toHaveLength(1);
    expect(server.requests).toHaveLength(4);
  });

  test('ends with what the server says when it goes on failing', async () => {
    const server = await aPeer();
    server.next('list', POOLS, ...Array.from({ length: 4 }, () => status(500, 'broken')));
    const listed = await listServed(insistent(clientOf(server), brief), resource, { page: 2, keep: (items) => items });
    expect(listed).toEqual({ refused: { status: 500, message: 'broken' } });
    expect(server.requests).toHaveLength(4);
  });

  test('ends where nobody answers', async () => {
    const server = await aPeer();
    await server.close();
    await expect(listServed(insistent(clientOf(server), brief), resource, { page: 2, keep: (items) => items })).rejects.toThrow(
      Unreachable,
    );
  });

  test('but a write is sent once, unless the server says that it did nothing', async () => {
    const server = await aPeer();
    const api = insistent(clientOf(server), brief);
    server.next('list', '/x', status(500, 'who knows'));
    expect((await api.request('POST', '/x', {})).status).toBe(500);
    server.next('list', '/x', status(429, 'later'), status(201, 'made'));
    expect((await api.request('POST', '/x', {})).status).toBe(201);
    expect(server.requests).toHaveLength(3);
  });
});
