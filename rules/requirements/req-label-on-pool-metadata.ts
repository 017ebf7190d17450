import { has } from '../../src/algebra/requirement.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Workload } from '../../src/context/workloads.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Located } from '../../src/text/place.ts';
import { unknownLabel } from '../workloads/workload-label-unknown-to-pools.ts';

export const reqLabelOnPoolMetadata: Rule<'NodePool', { ignoreKeys: readonly string[] }> = {
  id: 'req-label-on-pool-metadata',
  code: 'PP226',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  parameters: {
    ignoreKeys: {
      default: ['app.kubernetes.io/*', 'helm.sh/*', 'argocd*', 'kustomize*', 'helm.toolkit.fluxcd.io/*'],
      says: 'Labels of the pool itself that nobody expects on nodes; * at the end stands for anything.',
    },
  },
  fix: 'drifts',
  summary: 'a label of the pool that its nodes do not get',
  why: 'Only labels of spec.template.metadata reach nodes. One in metadata.labels names the pool object and nothing else, so pods that select it stay pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatemetadatalabels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: payments, labels: { team: payments } }
    spec: { template: { spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec: { template: { spec: { nodeSelector: { team: payments } } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: payments, labels: { team: payments } }
    spec: { template: { metadata: { labels: { team: payments } }, spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec: { template: { spec: { nodeSelector: { team: payments } } } }
  `,
  cel: `
    !has(object.metadata.labels)
    || object.metadata.labels.all(
      k,
      k in variables.wellKnownLabels
        || (!(k in variables.legacyLabels) && (k in variables.labels || variables.requirements.exists(r, r.key == k)))
        || params.ignoreKeys.exists(p, p.endsWith('*') ? k.startsWith(p.substring(0, size(p) - 1)) : k == p)
    )
  `,
  mildest: 'info',

  *check(pool, world, { ignoreKeys }) {
    const { requirements, workloads, target } = world;
    const { of, isKnown } = requirements(pool);
    for (const { key, value } of pool.labels ?? []) {
      const isOnNodes = !isKnown(key.value) || of(key.value).length > 0 || wellKnownLabels(target.karpenterMinor).has(key.value);
      if (isOnNodes || ignoreKeys.some((pattern) => fits(pattern, key.value))) continue;
      const selecting = workloads.find((workload) => selects(workload, key.value, value.value));
      const name = selecting && `${selecting.object.kind} "${selecting.object.name ?? ''}"`;
      yield {
        at: key.at,
        message: name
          ? `${name} selects nodes by "${key.value}", and no node of this pool gets the label: it stands on the pool, not on its template`
          : `"${key.value}" is a label of the pool object; nodes get those of spec.template.metadata only`,
        ...(selecting
          ? { related: [{ at: selecting.node.at, message: 'the pods that select it' }] }
          : { severity: 'info' as const }),
        // Where all pools are in view and none has the label, the pods run nowhere.
        ...(selecting &&
          target.closedWorld &&
          unknownLabel(selecting, world)?.key === key.value && { severity: 'error' as const }),
        fixes: copied(pool, key, value),
      };
    }
  },
};

function fits(pattern: string, key: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}

function selects({ alternatives }: Workload, key: string, value: string): boolean {
  return (alternatives ?? []).some(({ byKey }) => {
    const wanted = byKey.get(key);
    return wanted !== undefined && !wanted.complement && has(wanted, value);
  });
}

function copied({ node, template }: NodePool, key: Located<string>, { value }: Located<string>): readonly Fix[] {
  const metadata = find(node, ['spec', 'template', 'metadata']);
  const holder = find(node, ['spec', 'template']);
  const labels = { [key.value]: value };
  const op = template.labels
    ? ({ op: 'insert', at: template.labels.at, key: key.value, value } as const)
    : metadata
      ? ({ op: 'insert', at: metadata.at, key: 'labels', value: labels } as const)
      : holder && ({ op: 'insert', at: holder.at, key: 'metadata', value: { labels } } as const);
  return op ? [{ title: 'put it on the nodes too', safety: 'drifts', ops: [op] }] : [];
}
