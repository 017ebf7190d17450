import type { NodeSelectorRequirement } from '../../../src/algebra/requirements.ts';
import type { SelectorRequirement } from '../../../src/algebra/selector.ts';
import type { Taint, Toleration } from '../../../src/algebra/taints.ts';
import type { Node, Question } from './question.ts';
import type { Random } from './random.ts';

const keys = [
  'team',
  'example.com/rack',
  'topology.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
  'kubernetes.io/arch',
  'beta.kubernetes.io/arch',
  'karpenter.sh/capacity-type',
  'karpenter.k8s.aws/instance-cpu',
];
const domains = ['kubernetes.io', 'k8s.io', 'karpenter.sh', 'karpenter.k8s.aws', 'node.kubernetes.io', 'example.com'];
const operators = ['In', 'In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte'];
const values = ['a', 'b', 'c', '', '1', '2', '5', '05', '+5', '-3', '5.5', '10', '100', '-0', ' 1', '1_0', 'x1'];
const extremes = ['9223372036854775807', '9223372036854775808', '-9223372036854775808', '99999999999999999999999x', 'abc', '007'];
const numbers = ['0', '1', '2', '5', '10', '-3', '+7', '100'];

export function pairQuestion(random: Random): Question {
  const list = (): NodeSelectorRequirement[] => random.some(1, 3, () => requirement(random, 'team'));
  return ['pair', list(), list(), random.some(2, 6, () => random.pick(random.percent(90) ? values : extremes))];
}

export function setsQuestion(random: Random): Question {
  const list = (): NodeSelectorRequirement[] => random.some(0, 4, () => requirement(random, random.pick(keys)));
  return ['sets', list(), list()];
}

export function minQuestion(random: Random): Question {
  const type = (): NodeSelectorRequirement[] =>
    random.some(1, 3, () => ({ key: random.pick(['team', 'size']), operator: 'In', values: listed(random) }));
  const asked = random.some(1, 2, () => {
    const key = random.pick(['team', 'size', 'rack']);
    return random.percent(50)
      ? { key, operator: 'Exists' }
      : { key, operator: random.pick(['In', 'NotIn']), values: listed(random) };
  });
  return [
    'min',
    random.some(0, 5, type),
    asked.map((one) => (random.percent(85) ? { ...one, minValues: 1 + random.integer(4) } : one)),
  ];
}

export function restrictedQuestion(random: Random): Question {
  const domain = random.pick(['', 'x', 'a.', 'a.b.']) + random.pick(domains);
  const name = random.pick(['hostname', 'nodepool', 'arch', 'instance-cpu', 'initialized', 'x']);
  return ['restricted', random.pick([`${domain}/${name}`, `${domain}/${name}`, name, domain, `${domain}/${name}/x`])];
}

export function taintsQuestion(random: Random): Question {
  const key = (): string => random.pick(['dedicated', 'gpu', 'node.kubernetes.io/not-ready', 'readiness.k8s.io/x']);
  const effect = (): string => random.pick(['NoSchedule', 'NoExecute', 'PreferNoSchedule']);
  const value = (): string => random.pick(['', 'a', '4', '5', '6', '-5', '05', '+5', '9223372036854775808', '5.0']);
  const taint = (): Taint => ({ key: key(), value: value(), effect: effect() });
  const toleration = (): Toleration => ({
    ...(random.percent(80) && { key: key() }),
    ...(random.percent(85) && { operator: random.pick(['Exists', 'Equal', '', 'Gt', 'Lt', 'In']) }),
    ...(random.percent(60) && { value: value() }),
    ...(random.percent(50) && { effect: effect() }),
  });
  return ['taints', random.some(1, 4, taint), random.some(0, 3, toleration)];
}

export function selectorQuestion(random: Random): Question {
  if (random.percent(3)) return ['selector', null, [{}, { app: 'a' }]];
  const expressions = random.some(0, 2, () => expression(random, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt']));
  return ['selector', { matchLabels: labels(random), matchExpressions: expressions }, random.some(3, 5, () => labels(random))];
}

export function termsQuestion(random: Random): Question {
  const field = (): SelectorRequirement => ({
    key: random.pick(['metadata.name', 'metadata.name', 'metadata.namespace']),
    operator: random.pick(['In', 'In', 'NotIn', 'Exists']),
    values: random.some(1, random.percent(90) ? 1 : 2, () => random.pick(['n1', 'n2', ''])),
  });
  const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte'];
  const term = (): { matchExpressions: SelectorRequirement[]; matchFields: SelectorRequirement[] } => ({
    matchExpressions: random.some(0, 2, () => expression(random, operators)),
    matchFields: random.percent(30) ? [field()] : [],
  });
  const node = (): Node => ({ metadata: { name: random.pick(['n1', 'n2', '']), labels: labels(random) } });
  return ['terms', random.some(1, 3, term), random.some(3, 5, node)];
}

function requirement(random: Random, key: string): NodeSelectorRequirement {
  const operator = random.pick(operators);
  const minValues = random.percent(20) ? { minValues: 1 + random.integer(5) } : {};
  if (operator === 'Exists' || operator === 'DoesNotExist') return { key, operator, ...minValues };
  if (operator !== 'In' && operator !== 'NotIn') {
    return { key, operator, values: [random.pick(random.percent(88) ? numbers : extremes)], ...minValues };
  }
  return { key, operator, values: listed(random), ...minValues };
}

function listed(random: Random): string[] {
  return random.some(random.percent(95) ? 1 : 0, random.percent(90) ? 4 : 9, () => random.pick(values));
}

function labels(random: Random): Record<string, string> {
  return Object.fromEntries(random.some(0, 2, () => [random.pick(['app', 'tier', 'n']), random.pick(['a', 'b', '', '7', '-2'])]));
}

/** Mostly valid: a selector with one fault says nothing about the rest. */
function expression(random: Random, operators: readonly string[]): SelectorRequirement {
  const operator = random.pick(operators);
  const count =
    operator === 'In' || operator === 'NotIn' ? 1 + random.integer(2) : operator === 'Gt' || operator === 'Lt' ? 1 : 0;
  const odd = random.percent(8);
  return {
    key: random.pick(random.percent(95) ? ['app', 'tier', 'n'] : ['-app', 'a/b/c', '']),
    operator,
    values: random.some(odd ? 0 : count, odd ? 2 : count, () => {
      if (operator === 'Gt' || operator === 'Lt') return random.pick(random.percent(90) ? ['5', '-3', '7'] : ['x', '1.5']);
      return random.pick(random.percent(95) ? ['a', 'b', '', '7'] : ['not a label', '-']);
    }),
  };
}
