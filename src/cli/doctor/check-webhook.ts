import { dig, digList, digText } from '../../../webhook/cluster/dig.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import type { Looker } from './looker.ts';

/** The configuration by which the API server calls the webhook, as far as it is there. */
export interface Hooks {
  readonly checks: readonly Check[];
  /** Its entries; empty where there is none. */
  readonly entries: readonly unknown[];
}

export async function checkWebhook(look: Looker, name: string): Promise<Hooks> {
  const id = 'webhook-configuration';
  const found = await look.at(`/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`);
  if (found.is === 'hidden')
    return {
      checks: [unknown(id, `may not read it: ${found.why}`, 'let this account get validatingwebhookconfigurations')],
      entries: [],
    };
  if (found.is === 'absent') {
    const cure = 'install the chart, or name the one you mean with --webhook-configuration';
    return { checks: [wrong(id, `there is no ValidatingWebhookConfiguration "${name}"`, cure)], entries: [] };
  }
  const entries = digList(found.value, 'webhooks');
  if (entries.length === 0)
    return { checks: [wrong(id, `"${name}" has no webhooks: nothing is judged`, 'install the chart again')], entries: [] };
  const faults = entries.flatMap(faultsOf);
  return {
    checks: faults.length > 0 ? faults : [ok(id, `"${name}": ${entries.length} webhooks, rules and conditions are sound`)],
    entries,
  };
}

const groups: ReadonlySet<string> = new Set(['karpenter.sh', 'karpenter.k8s.aws']);
const judged: ReadonlySet<string> = new Set(['nodepools', 'nodepools/scale', 'ec2nodeclasses', 'nodeoverlays']);

/** What could make an entry get in the way of something that is none of its business. */
function faultsOf(entry: unknown): readonly Check[] {
  const name = digText(entry, 'name') ?? '';
  const fault = (says: string, cure: string): Check => wrong('webhook-configuration', `${name}: ${says}`, cure);
  const again = 'put the rules back as the chart has them (helm upgrade)';
  const rules = digList(entry, 'rules');
  const strayed = rules.flatMap((rule) => [
    ...digList(rule, 'apiGroups').filter((group) => !groups.has(String(group))),
    ...digList(rule, 'resources').filter((resource) => !judged.has(String(resource))),
  ]);
  const operations = rules.flatMap((rule) => digList(rule, 'operations')).filter((one) => one !== 'CREATE' && one !== 'UPDATE');
  const { expressions, catchesSpec } = conditionsOf(entry);
  const careless = expressions.find(
    (one) => /request\.subResource\s*[=!]=/.test(one) && !one.includes('has(request.subResource)'),
  );
  return [
    ...(strayed.length > 0 ? [fault(`it also catches ${[...new Set(strayed)].join(', ')}`, again)] : []),
    ...(operations.length > 0 ? [fault(`it also catches ${[...new Set(operations)].join(', ')}`, again)] : []),
    ...(dig(entry, 'sideEffects') === 'None' ? [] : [fault('sideEffects is not None, so a dry run is refused', again)]),
    ...(catchesSpec
      ? []
      : [
          fault(
            "no matchCondition lets changes outside spec pass: Karpenter's own writes are judged",
            'add "spec-changed" as the chart has it',
          ),
        ]),
    ...(careless === undefined
      ? []
      : [fault(`"${careless}" fails where there is no subresource`, 'guard it: has(request.subResource) && …')]),
  ];
}

function conditionsOf(entry: unknown): { readonly expressions: readonly string[]; readonly catchesSpec: boolean } {
  const expressions = digList(entry, 'matchConditions').map((condition) => digText(condition, 'expression') ?? '');
  return { expressions, catchesSpec: expressions.some((one) => /object\.spec\s*!=\s*oldObject\.spec/.test(one)) };
}
