import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { quoted, type Stray, strayValues } from './stray-values.ts';

export const reqArchOsValue: Rule<'NodePool'> = {
  id: 'req-arch-os-value',
  code: 'PP206',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'drifts',
  summary: 'a processor architecture or operating system that no node has',
  why: 'Kubernetes names architectures as Go does, amd64 and arm64, and operating systems linux and windows. A pool that asks for another name matches no instance type and is passed over in silence.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#architecture',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [x86_64] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  cel: `
    [
      {'keys': ['kubernetes.io/arch', 'beta.kubernetes.io/arch'], 'values': ['amd64', 'arm64']},
      {'keys': ['kubernetes.io/os', 'beta.kubernetes.io/os'], 'values': ['linux', 'windows']}
    ].all(known, variables.requirements.all(
      r, !(r.key in known['keys']) || r.operator != 'In' || r.values.all(v, v in known['values'])
    ) && known['keys'].all(k, !(k in variables.labels) || variables.labels[k] in known['values']))
  `,

  *check(pool, { requirements }) {
    for (const [key, known] of labels) {
      for (const stray of strayValues(requirements(pool), key, (value) => known.includes(value))) {
        const verb = stray.isAll ? 'so no instance type can match' : 'so it adds nothing';
        yield {
          at: stray.values[0].at,
          message: `no node has ${key} ${quoted(stray.values)}, ${verb}; there are ${known.join(' and ')}`,
          fixes: fixesOf(stray, known),
        };
      }
    }
  },
};

const labels: readonly (readonly [string, readonly string[]])[] = [
  ['kubernetes.io/arch', ['amd64', 'arm64']],
  ['kubernetes.io/os', ['linux', 'windows']],
];

const otherNames: Readonly<Record<string, string>> = { x86_64: 'amd64', x86: 'amd64', aarch64: 'arm64', arm: 'arm64' };

function fixesOf({ values, statement }: Stray, known: readonly string[]): readonly Fix[] {
  const ops = values.flatMap(({ value, at }) => {
    const name = otherNames[value.toLowerCase()] ?? value.toLowerCase();
    return known.includes(name) ? [{ op: 'set' as const, at, value: name }] : [];
  });
  if (ops.length < values.length) return [];
  const names = [...new Set(ops.map(({ value }) => value))];
  return [{ title: `write ${names.join(', ')}`, safety: statement.written ? 'safe' : 'drifts', ops }];
}
