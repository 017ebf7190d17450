import { atLeast, karpenterMinors, type Minor } from '../../src/algebra/version.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { list, map } from '../../src/model/decode.ts';
import { nodeSelectorRequirement } from '../../src/model/node-pool.ts';
import { lifeOfPath, lifeOfValue } from '../../src/model/schema/known.ts';
import { versionsOf } from '../../src/model/schema/load.ts';
import { effectOf, type Violation } from '../../src/model/schema/violation.ts';
import { claimed } from './routing.ts';
import { keySpotAt, spotAt } from './spot.ts';

export const apiFieldNeedsNewerVersion: Rule<'Object'> = {
  id: 'api-field-needs-newer-version',
  code: 'PP104',
  on: 'Object',
  effect: 'rejected',
  severity: 'error',
  summary: 'a field, value or kind of a later Karpenter',
  why: 'The CRDs of the older release refuse it or prune it. Pruning is the worse of the two: an AMI term that loses its only field selects nothing, a pool that loses its replicas is an ordinary one.',
  docs: 'https://karpenter.sh/docs/upgrading/upgrade-guide/',
  bad: `
    # karpenter: 1.7
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 3
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    # karpenter: 1.8
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 3
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check(judged, { target }) {
    for (const violation of claimed(judged, 'api-field-needs-newer-version'))
      yield worded(judged, violation, target.karpenterMinor);
    if (!atLeast(target.karpenterMinor, '1.3')) yield* reserved(judged, target.karpenterMinor);
  },
};

function worded({ object, schema }: JudgedObject, violation: Violation, minor: Minor): Finding {
  const { path } = violation;
  const effect = effectOf(violation);
  const needs = (what: string, since: Minor | undefined): string => `${what} needs Karpenter >= ${since} (target is ${minor})`;
  switch (violation.kind) {
    case 'unknown-field': {
      const full = [...path, violation.key];
      // The kubelet's own fields are not in the schema of any minor: since 1.15 it takes them all.
      const since = (schema && lifeOfPath(schema, full)?.since) ?? '1.15';
      return { at: keySpotAt(object.node, full), effect, message: needs(`field "${violation.key}"`, since) };
    }
    case 'enum': {
      const since = schema && lifeOfValue(schema, path, violation.actual)?.since;
      return { at: spotAt(object.node, path), effect, message: needs(`"${violation.actual}"`, since) };
    }
    case 'condition':
      return { at: spotAt(object.node, path), effect, check: violation.id, message: needs('the family windows2025', '1.9') };
    case 'type':
      return { at: spotAt(object.node, path), effect, message: needs('an expression in maxPods', '1.15') };
    default: {
      const since = versionsOf(object.kind).find(({ apiVersion }) => apiVersion === object.apiVersion)?.since;
      return {
        at: spotAt(object.node, ['kind']),
        effect,
        message: needs(`${object.kind} of ${object.apiVersion}`, since ?? karpenterMinors.at(-1)),
      };
    }
  }
}

/** The one value that no schema lists: before 1.3 it is taken and no offering ever has it. */
function* reserved({ object }: JudgedObject, minor: Minor): Iterable<Finding> {
  const spec = map(object.node, 'spec');
  const holder = object.kind === 'NodePool' ? map(map(spec, 'template'), 'spec') : object.kind === 'NodeClaim' ? spec : undefined;
  for (const { key, operator, values } of list(holder, 'requirements', nodeSelectorRequirement) ?? []) {
    if (key?.value !== 'karpenter.sh/capacity-type' || operator?.value !== 'In') continue;
    for (const value of values ?? []) {
      if (value.value !== 'reserved') continue;
      const message = `capacity type "reserved" needs Karpenter >= 1.3 (target is ${minor}): until then nothing has it`;
      yield {
        at: value.at,
        check: 'RT-LB-04',
        effect: 'inert',
        ...(values && values.items.length > 1 && { severity: 'warning' as const }),
        message,
      };
    }
  }
}
