// `helm test`: the pods are ready, and the API server asks them. From the environment: READY_URL; EXPECT, what must come of a pool that
// no cluster should have ("refused", "warned", "silent", or nothing: do not ask); and KUBERNETES_SERVICE_HOST and _PORT as in every pod.
import { readFile } from 'node:fs/promises';

const { READY_URL, EXPECT, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
const { ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount' } = process.env;

// Accepted by Karpenter's schema, and then its controller stops all disruption of the pool: Sunday is 0.
const pool = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'poolproof-helm-test' },
  spec: {
    disruption: { budgets: [{ nodes: '1', schedule: '0 2 * * 7', duration: '1h' }] },
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'poolproof-helm-test' },
        requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }],
      },
    },
  },
};

try {
  await ready();
  if (EXPECT) await asked();
  console.log('ok');
} catch (error) {
  console.error(`failed: ${error.message}`);
  process.exitCode = 1;
}

/** The Service may need a moment until it points to the pods. */
async function ready() {
  let said;
  for (let attempt = 0; attempt < 10; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
    said = await fetch(READY_URL).then(
      async (answer) => (answer.ok ? undefined : `${answer.status} ${await answer.text()}`),
      (error) => error.cause?.message ?? error.message,
    );
    if (said === undefined) return;
  }
  throw new Error(`${READY_URL}: ${said}`);
}

/** A dry run through the API server: nothing is stored. */
async function asked() {
  const token = await readFile(`${ACCOUNT}/token`, 'utf8');
  const address = `https://${host.includes(':') ? `[${host}]` : host}:${port}/apis/karpenter.sh/v1/nodepools?dryRun=All`;
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` },
    body: JSON.stringify(pool),
  });
  const text = await answer.text();
  if (answer.status === 404) throw new Error('the cluster has no NodePool of karpenter.sh/v1: install the CRDs of Karpenter');
  const outcome = outcomeOf(answer, text);
  if (outcome !== EXPECT)
    throw new Error(`a pool with an invalid schedule was ${outcome} and not ${EXPECT}: ${answer.status} ${text}`);
}

function outcomeOf(answer, text) {
  if (answer.status === 201) return answer.headers.get('warning')?.includes('poolproof: ') ? 'warned' : 'silent';
  return text.includes('poolproof: ') ? 'refused' : 'refused by something else';
}
