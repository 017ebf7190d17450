import { atLeast, type Minor } from '../../src/algebra/version.ts';
import type { Context } from '../../src/context/context.ts';
import { onceFor } from '../../src/context/once.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import type { MapNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { map, text } from '../../src/model/decode.ts';
import type { Violation } from '../../src/model/schema/violation.ts';
import type { Path } from '../../src/text/place.ts';
import { capacityBufferChecks } from './runtime-capacity-buffer.ts';
import type { RuntimeCheck } from './runtime-check.ts';
import { durationFindings } from './runtime-durations.ts';
import { nodeClassChecks } from './runtime-node-class.ts';
import { nodeOverlayChecks } from './runtime-node-overlay.ts';
import { nodePoolChecks } from './runtime-node-pool.ts';

export const runtimeValidationFails: Rule<'Object'> = {
  id: 'runtime-validation-fails',
  code: 'PP116',
  on: 'Object',
  effect: 'inert',
  severity: 'error',
  fix: 'drifts',
  summary: 'an object that the API accepts and the controller does not',
  why: 'kubectl apply succeeds and so does a server-side dry run. Afterwards the object is not Ready, or a part of it is passed over without a word, and pods wait for nodes that never come.',
  docs: 'https://karpenter.sh/docs/troubleshooting/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        metadata: { labels: { "team/cost/center": a } }
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        metadata: { labels: { team/cost-center: a } }
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check({ object, violations }, { target, context }) {
    if (violations.some(({ kind }) => kind === 'not-served')) return;
    const refused = violations.filter(({ kind }) => kind !== 'unknown-field').map(placeOf);
    for (const finding of findings(object, context, target.karpenterMinor)) {
      // What the API refuses never comes before the controller.
      if (!refused.some((path) => overlap(path, finding.at.path))) yield finding;
    }
  },
};

function findings(object: KubernetesObject, context: Context, minor: Minor): Iterable<Finding> {
  const { kind, node } = object;
  switch (kind) {
    case 'NodePool':
      return run(nodePoolChecks, context.poolOf(object), minor);
    case 'EC2NodeClass':
      return run(nodeClassChecks, context.nodeClassOf(object), minor);
    case 'NodeClaim':
      return run(nodeClaimChecks, node, minor);
    case 'NodeOverlay':
      return run(nodeOverlayChecks, node, minor);
    case 'CapacityBuffer':
      return run(capacityBufferChecks, node, minor);
    default:
      return [];
  }
}

function* run<S>(checks: readonly RuntimeCheck<S>[], subject: S, minor: Minor): Iterable<Finding> {
  for (const { id, severity, check } of checksOf(checks, minor)) {
    for (const finding of check(subject, minor)) yield { check: id, ...(severity && { severity }), ...finding };
  }
}

/** Versions are compared once, not for each object. */
const byMinor = new WeakMap<readonly RuntimeCheck<never>[], Map<Minor, readonly RuntimeCheck<never>[]>>();

function checksOf<S>(checks: readonly RuntimeCheck<S>[], minor: Minor): readonly RuntimeCheck<S>[] {
  const known = onceFor(byMinor, checks, () => new Map<Minor, readonly RuntimeCheck<S>[]>());
  const found = known.get(minor) ?? checks.filter(({ since, until }) => isAlive(since, until, minor));
  if (!known.has(minor)) known.set(minor, found);
  return found;
}

function isAlive(since: Minor | undefined, until: Minor | undefined, minor: Minor): boolean {
  return (since === undefined || atLeast(minor, since)) && (until === undefined || atLeast(until, minor));
}

const nodeClaimChecks: readonly RuntimeCheck<MapNode>[] = [
  {
    id: 'RT-NP-31',
    check: (claim) => {
      const spec = map(claim, 'spec');
      return durationFindings('NodeClaims', [text(spec, 'expireAfter'), text(spec, 'terminationGracePeriod')]);
    },
  },
];

function placeOf(violation: Violation): Path {
  return violation.kind === 'required' ? [...violation.path, violation.key] : violation.path;
}

/** Whether one path leads to the other or beyond it. */
function overlap(a: Path, b: Path): boolean {
  return a.every((part, index) => index >= b.length || part === b[index]);
}
