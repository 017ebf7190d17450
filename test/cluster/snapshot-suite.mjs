import { check, holds } from './checks.mjs';
import { allow, apiServer, apply, compact, get, kubeconfigOf, kubectl, switchCrds, until, wire } from './lab.mjs';
import { pool } from './samples.mjs';

const brisk = {
  page: 5,
  watch: 300_000,
  silence: 150_000,
  relist: 600_000,
  backoff: { first: 100, longest: 500 },
  refused: 300,
};

/** A snapshot of the lab, through everything that can happen to its watches. */
export async function snapshotSuite({ product, work }) {
  await lives({ product, work });
  await partition({ product, work });
  await rights({ product, work });
}

async function opened({ product, file, level = 'karpenter', pace = brisk }) {
  const { openApiServer, startSnapshot } = product;
  const api = await openApiServer({ kubeconfig: file, environment: {} });
  if ('fault' in api) throw new Error(api.fault);
  const mishaps = [];
  const snapshot = startSnapshot(api, level, { pace, onMishap: (mishap) => mishaps.push(mishap) });
  return { api, snapshot, mishaps, pools: () => namesOf(snapshot.objects()) };
}

function namesOf(objects) {
  return objects
    ?.filter(({ kind }) => kind === 'NodePool')
    .map(({ metadata }) => metadata.name)
    .sort();
}

function inCluster() {
  return get('nodepools')
    .items.map(({ metadata }) => metadata.name)
    .sort();
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const agrees = (seen) => until(() => same(seen.pools(), inCluster()));

async function lives({ product, work }) {
  const file = kubeconfigOf(`${work}/lives`, {});
  apply(...Array.from({ length: 12 }, (_, at) => pool(`pool-${at}`)));
  const seen = await opened({ product, file });
  await agrees(seen);
  check('all pools are there, over several pages', seen.pools().length, 12);
  const { version } = seen.snapshot;
  kubectl(['delete', 'nodepool', 'pool-3', '--wait=false']);
  apply(pool('fresh'));
  await agrees(seen);
  holds('what is added and deleted arrives', seen.pools().includes('fresh') && !seen.pools().includes('pool-3'), seen.pools());
  holds('and the version with it', seen.snapshot.version > version);

  const before = seen.snapshot.version;
  kubectl(['annotate', 'nodepool', 'fresh', 'note=x']);
  await until(() => seen.snapshot.version > before);
  check('nothing is held of managedFields', JSON.stringify(seen.snapshot.objects()).includes('managedFields'), false);

  const how = apiServer.kill();
  await until(() => seen.mishaps.length > 0);
  holds('a killed API server: what was known stays', seen.pools().length === 12, seen.pools());
  await apiServer.start(how);
  kubectl(['delete', 'nodepool', 'pool-4', '--wait=false']);
  apply(pool('after-restart'));
  await agrees(seen);
  check('after its restart everything is in step again', seen.pools(), inCluster());
  await until(() => seen.snapshot.ageSeconds(Date.now()) < 120);
  check('and no kind has failures left', await settled(seen.snapshot), []);
  seen.snapshot.stop();
}

/** Kinds that still fail once the next word of the server has come. */
async function settled(snapshot) {
  await until(() => snapshot.kinds().every(({ failures }) => failures === 0)).catch(() => undefined);
  return snapshot.kinds().filter(({ failures }) => failures > 0);
}

/** The network breaks while the world goes on, and history is forgotten before it mends. */
async function partition({ product, work }) {
  const line = await wire();
  const file = kubeconfigOf(`${work}/wire`, { server: line.url });
  const seen = await opened({ product, file });
  await agrees(seen);
  line.cut();
  kubectl(['delete', 'nodepool', 'pool-5', '--wait=false']);
  apply(pool('behind-the-back'));
  await compact();
  await apiServer.start(apiServer.kill());
  await until(() => seen.mishaps.length > 3);
  holds('behind a cut wire the old picture stays', seen.pools().includes('pool-5'), seen.pools());
  line.mend();
  await agrees(seen);
  check('with the history compacted all is listed again: the deleted is gone, the new is there', seen.pools(), inCluster());
  check('a watch from before the compaction is refused as an event', await firstOf(seen.api), ['ERROR', 410]);
  seen.snapshot.stop();

  const quick = { ...brisk, silence: 700 };
  const held = await opened({ product, file: kubeconfigOf(`${work}/held`, {}), pace: quick });
  await agrees(held);
  apiServer.hold();
  await until(() => held.mishaps.some(({ message }) => message.includes('silent')));
  apiServer.letGo();
  apply(pool('after-the-pause'));
  await agrees(held);
  check('an API server that stops answering for a while', held.pools(), inCluster());
  held.snapshot.stop();
  line.close();
}

async function firstOf(api) {
  const ended = new AbortController();
  for await (const { type, object } of api.watch('/apis/karpenter.sh/v1/nodepools?watch=1&resourceVersion=1', ended.signal)) {
    ended.abort();
    return [type, object.code];
  }
  return [];
}

async function rights({ product, work }) {
  const { snapshotAccess } = product;
  const user = 'serving';
  const file = kubeconfigOf(`${work}/serving`, { user: (own) => ({ ...own, as: user }) });
  const all = snapshotAccess('workloads');
  await allow(
    user,
    all.filter(({ apiGroups }) => !apiGroups.includes('karpenter.k8s.aws')),
  );
  const seen = await opened({ product, file, level: 'workloads' });
  await agrees(seen);
  const standing = (kind) => seen.snapshot.kinds().find((one) => one.kind === kind)?.standing;
  check('a kind that may not be read is named', standing('EC2NodeClass'), 'forbidden');
  holds(
    'with what the API server says',
    seen.mishaps.some(({ kind, message }) => kind === 'EC2NodeClass' && message.includes('cannot list')),
  );
  check(
    'and is the only one',
    seen.snapshot
      .kinds()
      .filter(({ standing }) => standing === 'forbidden')
      .map(({ kind }) => kind),
    ['EC2NodeClass'],
  );
  await allow(user, all);
  await until(() => standing('EC2NodeClass') === 'read');
  check(
    'the rights that are written down are enough',
    seen.snapshot.kinds().filter(({ standing }) => standing === 'forbidden'),
    [],
  );

  kubectl(['delete', 'crd', 'ec2nodeclasses.karpenter.k8s.aws']);
  await until(() => standing('EC2NodeClass') === 'not-served');
  switchCrds('1.15');
  await until(() => standing('EC2NodeClass') === 'read');
  check('a CRD that goes and comes back', standing('EC2NodeClass'), 'read');
  seen.snapshot.stop();
}
