import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { switchOf } from '../../src/context/chart-settings.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { kubeletExpressions } from '../../src/model/kubelet-expressions.ts';
import type { Located, Place } from '../../src/text/place.ts';

export const kubeletExpressionGateOff: Rule<'EC2NodeClass', { nodeClassCEL: boolean }> = {
  id: 'kubelet-expression-gate-off',
  code: 'PP824',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.15',
  fix: 'drifts',
  parameters: { nodeClassCEL: { default: false, says: "Whether the controller's AWS feature gate NodeClassCEL is on." } },
  summary: 'an expression in the kubelet configuration while the gate for it is off',
  why: 'What is no number in maxPods and no quantity in a reservation counts as a CEL expression. While the AWS feature gate NodeClassCEL is off, which is the default, the class reports KubeletExpressionsDisabled and launches nothing.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { kubeReserved: { memory: 1 Gi } }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { kubeReserved: { memory: 1Gi } }
  `,

  *check({ kubelet }, { context }, { nodeClassCEL }) {
    const written = switchOf(context, ['awsFeatureGates', 'nodeClassCEL'], false);
    const gate: Gate = nodeClassCEL || written.on ? 'on' : written.on === false ? 'off' : 'unknown';
    for (const { field, name, value } of kubelet ? kubeletExpressions(kubelet) : []) {
      const slip = field === 'maxPods' ? countSlip(value.value) : quantitySlip(value.value);
      yield* judged(name, value, slip, gate, written.at);
    }
  },
};

/** A slip is wrong with the gate on too; an expression is not. */
function* judged(
  name: string,
  value: Located<string>,
  slip: Slip | undefined,
  gate: Gate,
  settings: Place | undefined,
): Iterable<Finding> {
  const check = 'RT-KL-12';
  if (slip) {
    const message = `"${value.value}" for ${name} is ${slip.says}, so Karpenter takes it for an expression and the class is not Ready`;
    const { instead } = slip;
    yield {
      at: value.at,
      check,
      message,
      ...(instead !== undefined && {
        fixes: [
          { title: `write ${instead}`, safety: 'drifts' as const, ops: [{ op: 'set' as const, at: value.at, value: instead }] },
        ],
      }),
    };
  } else if (gate !== 'on') {
    const isKnown = gate === 'off';
    yield {
      at: value.at,
      check,
      message: `"${value.value}" for ${name} is an expression, and the AWS feature gate NodeClassCEL is off${isKnown ? '' : ' by default'}: the class is not Ready without it`,
      ...(!isKnown && { severity: 'warning' as const, assumptions: ['the AWS feature gate NodeClassCEL is off'] }),
      ...(isKnown && settings && { related: [{ at: settings, message: "the chart's settings" }] }),
    };
  }
}

/** What the chart's values in view, or the configuration, say of it. */
type Gate = 'on' | 'off' | 'unknown';

export interface Slip {
  readonly says: string;
  readonly instead?: string | number;
}

export function countSlip(written: string): Slip | undefined {
  if (written.trim() === '') return { says: 'empty' };
  return /^\s*\d+\s*$/.test(written) ? { says: 'a number in quotes', instead: Number(written) } : undefined;
}

/** `1 Gi`, `500MB`, `100 m`: one number and something like a unit. */
export function quantitySlip(written: string): Slip | undefined {
  if (written.trim() === '') return { says: 'empty' };
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]{0,3})\s*$/.exec(written) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  const candidates = [unit, unit.replace(/[bB]$/, ''), unit[0]?.toUpperCase() + unit.slice(1).replace(/[bB]$/, '')];
  const instead = candidates.map((suffix) => number + suffix).find((candidate) => !isQuantityFault(parseQuantity(candidate)));
  return { says: 'not quite a quantity', ...(instead !== undefined && { instead }) };
}
