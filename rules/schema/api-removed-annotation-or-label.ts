import type { Finding, Fix } from '../../src/diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { mayMentionKarpenter } from '../../src/document/mentions.ts';
import type { MapNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { child, map, text } from '../../src/model/decode.ts';
import { itemsOf, mappingsUnder, metadataOf, podSpecsOf } from './pod-parts.ts';

export const apiRemovedAnnotationOrLabel: Rule<'Manifest'> = {
  id: 'api-removed-annotation-or-label',
  code: 'PP111',
  on: 'Manifest',
  effect: 'risk',
  severity: 'error',
  fix: 'safe',
  summary: 'an annotation, label or taint that Karpenter no longer reads',
  why: 'v1 passes over the old names. The protection that an annotation promised is gone without a word, and pods that select the old label are not even looked at.',
  docs: 'https://karpenter.sh/docs/upgrading/upgrade-guide/',
  bad: `
    apiVersion: v1
    kind: Pod
    metadata:
      name: job
      annotations: { karpenter.sh/do-not-evict: "true" }
  `,
  good: `
    apiVersion: v1
    kind: Pod
    metadata:
      name: job
      annotations: { karpenter.sh/do-not-disrupt: "true" }
  `,
  cel: `
    (
      object.kind == 'NodePool'
        && has(object.spec.template.metadata)
        ? [object.metadata, object.spec.template.metadata]
        : [object.metadata]
    ).all(m, (
      !has(m.annotations) || !m.annotations.exists(k, k in ['karpenter.sh/do-not-evict', 'karpenter.sh/do-not-consolidate'])
    ) && (!has(m.labels) || !('karpenter.sh/provisioner-name' in m.labels)))
    && (
      object.kind != 'NodePool'
        || (
          (
            !has(object.spec.template.spec.taints)
              || object.spec.template.spec.taints.all(t, t.key != 'karpenter.sh/disruption')
          )
            && (
              !has(object.spec.template.spec.startupTaints)
                || object.spec.template.spec.startupTaints.all(t, t.key != 'karpenter.sh/disruption')
            )
        )
    )
  `,
  mildest: 'info',

  *check(object) {
    if (!mayMentionKarpenter(object)) return;
    for (const metadata of metadataOf(object)) {
      const annotated = map(metadata, 'annotations');
      if (annotated) yield* annotations(annotated);
      const label = child(map(metadata, 'labels'), provisioner);
      if (label) yield { at: label.keyAt, message: instead('no node has the label') };
    }
    for (const pod of podSpecsOf(object)) yield* scheduling(pod);
    const holder = taintsHolder(object);
    if (holder) for (const field of taintFields) for (const taint of itemsOf(holder, field)) yield* oldTaint(taint);
  },
};

const current = 'karpenter.sh/do-not-disrupt';
const former = ['karpenter.sh/do-not-evict', 'karpenter.sh/do-not-consolidate'];

function* annotations(written: MapNode): Iterable<Finding> {
  for (const name of former) {
    const node = child(written, name);
    if (!node) continue;
    const hasBoth = written.get(current) !== undefined;
    const fix: Fix = hasBoth
      ? { title: 'remove it', safety: 'safe', ops: [{ op: 'remove', at: node.at }] }
      : {
          title: `rename it ${current}; a changed pod template restarts its pods`,
          safety: 'safe',
          ops: [{ op: 'rename', at: node.at, key: current }],
        };
    yield {
      at: node.keyAt,
      message: hasBoth ? `${name} has no effect beside ${current}` : `${name} has no effect since v1: the name is ${current}`,
      ...(hasBoth && { severity: 'info' as const }),
      fixes: [fix],
    };
  }
}

const provisioner = 'karpenter.sh/provisioner-name';

/** Node selectors, affinities, spread constraints and tolerations. */
function* scheduling(pod: MapNode): Iterable<Finding> {
  const selected = child(map(pod, 'nodeSelector'), provisioner);
  if (selected) yield { at: selected.keyAt, message: instead('no node has the label') };
  for (const part of ['affinity', 'topologySpreadConstraints']) {
    const written = child(pod, part);
    if (!written) continue;
    for (const mapping of mappingsUnder(written)) {
      for (const field of ['key', 'topologyKey']) {
        const key = text(mapping, field);
        if (key?.value === provisioner) yield { at: key.at, message: instead('no node has the label') };
      }
    }
  }
  for (const toleration of itemsOf(pod, 'tolerations')) yield* oldTaint(toleration);
}

function instead(so: string): string {
  return `${so} ${provisioner} since Karpenter 0.33, and Karpenter passes over pods that ask for it: write karpenter.sh/nodepool`;
}

const taintFields = ['taints', 'startupTaints'];

function taintsHolder({ kind, node }: KubernetesObject): MapNode | undefined {
  if (kind === 'Node') return map(node, 'spec');
  return kind === 'NodePool' ? map(map(map(node, 'spec'), 'template'), 'spec') : undefined;
}

function* oldTaint(taint: MapNode): Iterable<Finding> {
  const key = text(taint, 'key');
  if (key?.value !== 'karpenter.sh/disruption') return;
  yield {
    at: key.at,
    message: 'Karpenter no longer sets the taint karpenter.sh/disruption: since v1 it is karpenter.sh/disrupted',
  };
}
