import { field } from '../admission-request.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { encoded } from './authority-secret.ts';

/** What stands in the webhook configuration after a look. */
export interface Published {
  /** Hosts other than the Service by which the API server is told to call. */
  readonly hosts: readonly string[];
}

export interface Callee {
  readonly webhookConfiguration: string;
  readonly service: string;
  readonly namespace: string;
}

/** Sees to it that the named ValidatingWebhookConfiguration trusts a bundle, in those of its webhooks that call us. */
export async function publish(
  api: ApiServer,
  { webhookConfiguration, service, namespace }: Callee,
  bundle: readonly string[],
): Promise<Published | { readonly fault: string }> {
  const path = `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${webhookConfiguration}`;
  const named = `the ValidatingWebhookConfiguration ${webhookConfiguration}`;
  const { status, body } = await api.request('GET', path);
  if (status === 404) return { fault: `${named} is not there` };
  if (status !== 200) return { fault: `${named} could not be read: ${String(field(body, 'message') ?? `status ${status}`)}` };

  const webhooks = field(body, 'webhooks');
  const wanted = encoded(bundle.join(''));
  const hosts: string[] = [];
  const patch: object[] = [
    { op: 'test', path: '/metadata/resourceVersion', value: field(field(body, 'metadata'), 'resourceVersion') },
  ];
  let calls = 0;
  for (const [index, webhook] of (Array.isArray(webhooks) ? webhooks : []).entries()) {
    const config = field(webhook, 'clientConfig');
    const called = field(config, 'service');
    const host = hostOf(field(config, 'url'));
    if (host === undefined && !(field(called, 'name') === service && field(called, 'namespace') === namespace)) continue;
    calls++;
    if (host !== undefined) hosts.push(host);
    if (field(config, 'caBundle') !== wanted)
      patch.push({ op: 'add', path: `/webhooks/${index}/clientConfig/caBundle`, value: wanted });
  }
  if (calls === 0) return { fault: `${named} has no webhook that calls the Service ${namespace}/${service}` };
  if (patch.length === 1) return { hosts };
  const written = await api.request('PATCH', path, patch, { contentType: 'application/json-patch+json' });
  if (written.status === 200) return { hosts };
  return { fault: `${named} could not be changed: ${String(field(written.body, 'message') ?? `status ${written.status}`)}` };
}

function hostOf(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}
