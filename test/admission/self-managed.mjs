// Certificates that replicas make themselves: rows 8, 12, 13 and 18.
import { X509Certificate } from 'node:crypto';
import { hooksInForce } from '../lab/in-force.mjs';
import { balancer } from './balancer.mjs';
import { hookBy, pool, remove, wrong } from './hook.mjs';
import { pathOf, until } from './lab.mjs';
import { told, underLoad } from './load.mjs';
import { mount, serve } from './serving.mjs';

const secretPath = '/api/v1/namespaces/default/secrets/poolproof-authority';
const hooks = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

export async function selfManaged({ lab, check, program, config, authority }) {
  const flags = [
    '--self-managed',
    '--secret',
    'poolproof-authority',
    '--service',
    'poolproof',
    '--namespace',
    'default',
    '--kubeconfig',
    lab.kubeconfig,
  ];
  mount(config, { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  await remove(lab);
  await lab.call('DELETE', secretPath);
  const door = await balancer();
  const configuration = hookBy({ port: door.port, authority, failurePolicy: 'Fail' });
  for (const { clientConfig } of configuration.webhooks) delete clientConfig.caBundle;
  await lab.call('POST', hooks, configuration);
  const replicas = await Promise.all([serve({ program, config, flags }), serve({ program, config, flags })]);
  try {
    for (const replica of replicas) door.add(replica);
    const bundles = async () =>
      (await lab.call('GET', `${hooks}/poolproof`)).body.webhooks.map(({ clientConfig }) => clientConfig.caBundle);
    const published = await bundles();
    check(
      new Set(published).size === 1 && published.every(Boolean),
      'row 13: two replicas that start at once publish one authority',
      published.length,
    );
    const { body: secret } = await lab.call('GET', secretPath);
    const kept = Object.values(secret.data).map((value) => Buffer.from(value, 'base64').toString());
    const certificate = kept.find((text) => text.includes('BEGIN CERTIFICATE'));
    check(Buffer.from(published[0], 'base64').toString().includes(certificate.trim()), 'row 13: it is the one in the Secret');
    await hooksInForce(lab);
    const judged = async () => (await lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('probe', wrong))).code === 201;
    await until(judged, 'both replicas are trusted');
    const counts = await underLoad(lab, async () => undefined);
    check(counts.refused + counts.unjudged === 0, `row 13: the API server trusts both (${told(counts)})`, counts);
    check(new X509Certificate(certificate).ca, 'row 12: what is published is an authority');
  } finally {
    for (const replica of replicas) await replica.stop();
    door.close();
    await remove(lab);
    await lab.call('DELETE', secretPath);
  }
}
