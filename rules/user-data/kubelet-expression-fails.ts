import { type InstanceTypeInfo, instanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import { isExpressionFault, type KubeletExpression, type KubeletVariables } from '../../src/catalog/kubelet-variables.ts';
import type { NodeClassFacts } from '../../src/catalog/node-class-facts.ts';
import { pods } from '../../src/catalog/pods.ts';
import { nodeClassFacts, type ReadNodeClass } from '../../src/context/node-class-facts.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { integer } from '../../src/model/decode.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import { kubeletExpressions, type WrittenExpression } from '../../src/model/kubelet-expressions.ts';
import { countSlip, quantitySlip } from './kubelet-expression-gate-off.ts';

export const kubeletExpressionFails: Rule<'EC2NodeClass'> = {
  id: 'kubelet-expression-fails',
  code: 'PP825',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.15',
  needs: ['catalog'],
  summary: 'an expression in the kubelet configuration that does not work for every instance type',
  why: 'Karpenter compiles the expression and evaluates it for every instance type that EC2 has, also those that no pool may launch. One that does not compile, divides by zero or gives a negative number for one of them leaves the whole class not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { maxPods: "(vcpus - 2) * 10" }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { maxPods: "max(vcpus - 2, 1) * 10" }
  `,

  *check(nodeClass, world) {
    const { kubelet } = nodeClass;
    if (!kubelet) return;
    for (const written of kubeletExpressions(kubelet)) {
      const { field, name, value } = written;
      if (field === 'maxPods' ? countSlip(value.value) : quantitySlip(value.value)) continue;
      const fault = faultOf(written, nodeClass, world);
      if (fault) yield { at: value.at, message: `the expression for ${name} ${fault}: the class is not Ready` };
    }
  },
};

/** The greatest number of pods that the field can hold. */
const greatest = 2 ** 31 - 1;

function faultOf({ field, value }: WrittenExpression, nodeClass: EC2NodeClass, world: World): string | undefined {
  const expression = world.kubeletExpression?.(value.value);
  if (!expression) return undefined;
  if (isExpressionFault(expression)) return `does not compile (${expression.fault})`;
  const read = nodeClassFacts(nodeClass);
  const asksForPods = /\bmax_pods\b/.test(value.value);
  // How many pods a node takes hangs on the family, and on an expression of its own.
  if (asksForPods && (read.unknown.has('amiFamily') || (field !== 'maxPods' && isExpression(nodeClass)))) return undefined;
  const facts = field === 'maxPods' ? withoutMaxPods(read) : read.facts;
  for (const info of typesOf(world)) {
    const fault = faultFor(info, expression, field, variablesOf(info, facts, world));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultFor(
  { name }: InstanceTypeInfo,
  expression: KubeletExpression,
  field: WrittenExpression['field'],
  variables: KubeletVariables | undefined,
): string | undefined {
  const answer = variables && expression(variables);
  if (answer === undefined) return undefined;
  if (isExpressionFault(answer)) return `fails for ${name} (${answer.fault})`;
  if (answer < 0) return `gives ${answer} for ${name}`;
  return field === 'maxPods' && answer > greatest ? `gives ${answer} for ${name}, more than ${greatest}` : undefined;
}

function isExpression({ kubelet }: EC2NodeClass): boolean {
  return kubelet?.get('maxPods') !== undefined && integer(kubelet, 'maxPods') === undefined;
}

/** In `maxPods` itself, `max_pods` is what the family would have without it. */
function withoutMaxPods({ facts }: ReadNodeClass): NodeClassFacts {
  const { maxPods: _maxPods, ...kubelet } = facts.kubelet ?? {};
  return { ...facts, kubelet };
}

/** Undefined for a type whose interfaces are in no table. */
function variablesOf(info: InstanceTypeInfo, facts: NodeClassFacts, { target }: World): KubeletVariables | undefined {
  const { name, vcpus, memoryMib, interfacesPerCard, ipv4PerInterface } = info;
  if (!interfacesPerCard || ipv4PerInterface === undefined) return undefined;
  return {
    vcpus,
    memory_mib: memoryMib,
    default_enis: interfacesPerCard[0] ?? 0,
    ips_per_eni: ipv4PerInterface,
    max_pods: pods(info, facts, { karpenter: target.karpenterMinor, region: '', zones: [] }),
    instance_type: name,
  };
}

function typesOf({ catalog: { types }, target }: World): readonly InstanceTypeInfo[] {
  return types.names.flatMap((name) => {
    const info = instanceTypeInfo(types, name, target.karpenterMinor);
    return info.known && info.value.standing === 'documented' ? [info.value] : [];
  });
}
