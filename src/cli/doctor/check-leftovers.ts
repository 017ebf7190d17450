import { dig, digText } from '../../../webhook/cluster/dig.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import type { Looker } from './looker.ts';

/** Webhooks that Karpenter had up to 0.37 and 1.0, and that no upgrade takes away. */
const old = /^(?:validation|defaulting)\.webhook\.(?:config\.)?karpenter\.(?:sh|k8s\.aws)$/;

const KINDS = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'] as const;

/** Karpenter's own old webhooks answer nothing any more: with `failurePolicy: Fail` they forbid every change of a pool. */
export async function checkLeftovers(look: Looker): Promise<readonly Check[]> {
  return [...(await hooks(look)), ...(await conversions(look))];
}

async function hooks(look: Looker): Promise<readonly Check[]> {
  const id = 'leftover-webhooks';
  const found: Check[] = [];
  for (const kind of KINDS) {
    const items = await look.all(`/apis/admissionregistration.k8s.io/v1/${kind}`);
    if (!items) return [unknown(id, `may not list ${kind}`, `let this account list ${kind}`)];
    const names = items.map((item) => digText(item, 'metadata', 'name') ?? '').filter((name) => old.test(name));
    found.push(...names.map((name) => wrong(id, `${name} is left over from an old Karpenter`, `kubectl delete ${kind} ${name}`)));
  }
  return found.length > 0 ? found : [ok(id, "none of Karpenter's own old webhooks is left")];
}

async function conversions(look: Looker): Promise<readonly Check[]> {
  const id = 'leftover-conversion';
  const crds = await look.all('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  if (!crds) return [unknown(id, 'may not list customresourcedefinitions', 'let this account list customresourcedefinitions')];
  const converting = crds
    .filter((crd) => /^karpenter\./.test(digText(crd, 'spec', 'group') ?? ''))
    .filter((crd) => dig(crd, 'spec', 'conversion', 'strategy') === 'Webhook')
    .map((crd) => digText(crd, 'metadata', 'name') ?? '');
  if (converting.length === 0) return [ok(id, "no CRD of Karpenter's asks a webhook for conversions")];
  return converting.map((name) =>
    wrong(
      id,
      `${name} is converted by a webhook, which Karpenter has served last in 1.0`,
      `once nothing is stored as v1beta1: kubectl patch crd ${name} --type json -p '[{"op":"replace","path":"/spec/conversion","value":{"strategy":"None"}}]'`,
    ),
  );
}
