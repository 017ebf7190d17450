import { type Condition, noFaults, type Placement, placed, type StringMap } from './condition.ts';
import {
  isPoolLabel,
  type KeyTest,
  k8sDomain,
  karpenterDomain,
  kubernetesDomain,
  noHostname,
  noNodePool,
  providerDomain,
} from './label-domains.ts';
import { shown } from './shown.ts';
import type { Lifetime } from './structure.ts';

interface Spec {
  readonly replicas?: number;
  readonly weight?: number;
  readonly limits?: Readonly<Record<string, string | number>>;
}

const staticPools: readonly Placement[] = [{ kind: 'NodePool v1', path: 'spec', since: '1.8' }];

const noModeChange: Condition<Spec> = {
  id: 'NP-REPLICAS-NO-MODE-CHANGE',
  on: staticPools,
  keysOnly: true,
  transition: true,
  *check(spec, old) {
    if (spec.replicas === undefined && old.replicas !== undefined)
      yield {
        path: [],
        message: `replicas ${shown(old.replicas)} is gone: a static pool cannot become a dynamic one, delete it and create it anew`,
      };
    if (spec.replicas !== undefined && old.replicas === undefined)
      yield {
        path: ['replicas'],
        message: 'replicas is new: a dynamic pool cannot become a static one, delete it and create it anew',
      };
  },
};

const staticLimits: Condition<Spec> = {
  id: 'NP-STATIC-LIMITS',
  on: staticPools,
  reads: ['limits'],
  keysOnly: true,
  *check({ replicas, limits = {} }) {
    if (replicas === undefined) return;
    for (const resource of Object.keys(limits)) {
      if (resource === 'nodes') continue;
      yield {
        path: ['limits', resource],
        message: `a pool with replicas ${shown(replicas)} can only be limited by nodes, not by "${resource}"`,
        related: [['replicas']],
      };
    }
  },
};

const staticNoWeight: Condition<Spec> = {
  id: 'NP-STATIC-NO-WEIGHT',
  on: staticPools,
  keysOnly: true,
  *check({ replicas, weight }) {
    if (replicas === undefined || weight === undefined) return;
    yield {
      path: ['weight'],
      message: `a pool with replicas ${shown(replicas)} is never chosen among others, so weight ${shown(weight)} is refused`,
      related: [['replicas']],
    };
  },
};

interface Budget {
  readonly schedule?: string;
  readonly duration?: string;
}

const scheduleAndDuration: Condition<Budget> = {
  id: 'NP-BUDGET-SCHEDULE-DURATION',
  on: placed(['NodePool v1', 'NodePool v1beta1'], 'spec.disruption.budgets[]'),
  keysOnly: true,
  *check({ schedule, duration }) {
    if (schedule !== undefined && duration === undefined)
      yield {
        path: ['schedule'],
        message: `the budget's schedule "${shown(schedule)}" has no duration: when would its window end?`,
      };
    if (schedule === undefined && duration !== undefined)
      yield {
        path: ['duration'],
        message: `the budget's duration "${shown(duration)}" has no schedule: when would its window begin?`,
      };
  },
};

interface OldDisruption {
  readonly consolidationPolicy: string;
  readonly consolidateAfter?: string;
}

const afterUnderutilized: Condition<OldDisruption> = {
  id: 'NPB-CONSOLIDATEAFTER-UNDERUTILIZED',
  on: placed(['NodePool v1beta1'], 'spec.disruption'),
  reads: ['consolidationPolicy', 'consolidateAfter'],
  *check({ consolidationPolicy, consolidateAfter }) {
    if (consolidateAfter === undefined || consolidateAfter === 'Never' || consolidationPolicy !== 'WhenUnderutilized') return;
    const message = `consolidateAfter "${consolidateAfter}" goes with consolidationPolicy WhenEmpty only; WhenUnderutilized knows no other value than Never`;
    yield { path: ['consolidateAfter'], message };
  },
};

const emptyNeedsAfter: Condition<OldDisruption> = {
  id: 'NPB-WHENEMPTY-NEEDS-AFTER',
  on: placed(['NodePool v1beta1'], 'spec.disruption'),
  reads: ['consolidationPolicy', 'consolidateAfter'],
  *check({ consolidationPolicy, consolidateAfter }) {
    if (consolidationPolicy === 'WhenEmpty' && consolidateAfter === undefined)
      yield { path: ['consolidationPolicy'], message: 'consolidationPolicy WhenEmpty needs consolidateAfter' };
  },
};

interface NodeClassRef {
  readonly group: string;
  readonly kind: string;
}

function unchanged(id: string, field: keyof NodeClassRef): Condition<NodeClassRef> {
  return {
    id,
    on: placed(['NodePool v1'], 'spec.template.spec.nodeClassRef', { since: '1.1' }),
    reads: [field],
    transition: true,
    *check(ref, old) {
      if (ref[field] !== old[field])
        yield {
          path: [field],
          message: `the ${field} of a pool's node class cannot change from "${shown(old[field])}" to "${shown(ref[field])}"`,
        };
    },
  };
}

function onLabels(id: string, test: KeyTest, lifetime: Lifetime = {}): Condition<StringMap> {
  return {
    id,
    on: placed(['NodePool v1', 'NodePool v1beta1'], 'spec.template.metadata.labels', lifetime),
    keysOnly: true,
    check: (labels, _old, minor) =>
      Object.keys(labels).flatMap((key) => {
        const message = test(key, minor);
        return message === undefined ? noFaults : [{ path: [key], message }];
      }),
  };
}

export const nodePoolConditions: readonly Condition[] = [
  noModeChange,
  staticLimits,
  staticNoWeight,
  scheduleAndDuration,
  afterUnderutilized,
  emptyNeedsAfter,
  unchanged('NP-NODECLASS-GROUP-IMMUTABLE', 'group'),
  unchanged('NP-NODECLASS-KIND-IMMUTABLE', 'kind'),
  onLabels('LBL-AWS-DOMAIN', providerDomain(isPoolLabel)),
  onLabels('LBL-K8S-DOMAIN', k8sDomain, { until: '1.8' }),
  onLabels('LBL-K8SIO-DOMAIN', kubernetesDomain, { until: '1.8' }),
  onLabels('LBL-KARPENTER-DOMAIN', karpenterDomain),
  onLabels('LBL-NO-HOSTNAME', noHostname),
  onLabels('LBL-NO-NODEPOOL', noNodePool),
];
