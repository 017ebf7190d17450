import { Agent } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import type { Level } from '../../../webhook/cluster/access.ts';
import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { client } from '../../../webhook/cluster/client.ts';
import { dig } from '../../../webhook/cluster/dig.ts';
import type { Pace } from '../../../webhook/cluster/pace.ts';
import type { Mishap } from '../../../webhook/cluster/reflector.ts';
import { type Snapshot, startSnapshot } from '../../../webhook/cluster/snapshot.ts';
import { type Peer, peer } from './peer.ts';

// Sockets wait for whoever else uses the machine.
vi.setConfig({ testTimeout: 20_000 });

export const POOLS = '/apis/karpenter.sh/v1/nodepools';
export const CLASSES = '/apis/karpenter.k8s.aws/v1/ec2nodeclasses';

/** The life of a snapshot in thousandths: nothing periodic happens during a test that does not ask for it. */
export const brisk: Pace = {
  page: 2,
  watch: 60_000,
  silence: 60_000,
  relist: 60_000,
  backoff: { first: 4, longest: 64 },
  refused: 20,
};

export async function aPeer(): Promise<Peer> {
  const made = await peer();
  onTestFinished(() => made.close());
  return made;
}

export function clientOf({ url }: { readonly url: string }): ApiServer {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return client({ url, context: undefined, credentials: async () => ({ headers: {}, agent }) });
}

export interface Rig {
  readonly snapshot: Snapshot;
  readonly mishaps: readonly Mishap[];
  /** Names of what the snapshot holds, sorted; undefined while it holds nothing yet. */
  names(): readonly string[] | undefined;
}

export function follow(api: ApiServer, pace: Partial<Pace> = {}, level: Level = 'karpenter'): Rig {
  const mishaps: Mishap[] = [];
  const options = { pace: { ...brisk, ...pace }, onMishap: (mishap: Mishap) => void mishaps.push(mishap) };
  const snapshot = startSnapshot(api, level, options);
  onTestFinished(() => snapshot.stop());
  const names = () => snapshot.objects()?.map((object) => String(dig(object, 'metadata', 'name')));
  return { snapshot, mishaps, names: () => names()?.sort() };
}
