import type { Condition, Placement, StringMap } from './condition.ts';

interface Kubelet {
  readonly evictionSoft?: StringMap;
  readonly evictionSoftGracePeriod?: StringMap;
  readonly imageGCHighThresholdPercent?: number;
  readonly imageGCLowThresholdPercent?: number;
}

/** From 1.15 on the API looks at nothing below `kubelet`; the controller does. */
const homes: readonly Placement[] = [
  { kind: 'EC2NodeClass v1', path: 'spec.kubelet', until: '1.14' },
  { kind: 'NodeClaim v1beta1', path: 'spec.kubelet' },
  { kind: 'NodePool v1beta1', path: 'spec.template.spec.kubelet' },
];

function below(...fields: readonly string[]): readonly Placement[] {
  return homes.flatMap((home) => fields.map((field) => ({ ...home, path: `${home.path}.${field}` })));
}

const softHasGrace: Condition<Kubelet> = {
  id: 'KUBELET-SOFT-HAS-GRACE',
  on: homes,
  reads: ['evictionSoft', 'evictionSoftGracePeriod'],
  keysOnly: true,
  *check({ evictionSoft = {}, evictionSoftGracePeriod }) {
    for (const signal of Object.keys(evictionSoft)) {
      if (evictionSoftGracePeriod && Object.hasOwn(evictionSoftGracePeriod, signal)) continue;
      const message = `the soft threshold of "${signal}" has no entry in evictionSoftGracePeriod`;
      yield { path: ['evictionSoft', signal], message, ...(!evictionSoftGracePeriod && { unevaluable: true }) };
    }
  },
};

const graceHasSoft: Condition<Kubelet> = {
  id: 'KUBELET-GRACE-HAS-SOFT',
  on: homes,
  reads: ['evictionSoft', 'evictionSoftGracePeriod'],
  keysOnly: true,
  *check({ evictionSoft, evictionSoftGracePeriod = {} }) {
    for (const signal of Object.keys(evictionSoftGracePeriod)) {
      if (evictionSoft && Object.hasOwn(evictionSoft, signal)) continue;
      const message = `the grace period of "${signal}" has no threshold in evictionSoft`;
      yield { path: ['evictionSoftGracePeriod', signal], message, ...(!evictionSoft && { unevaluable: true }) };
    }
  },
};

const imageGcOrder: Condition<Kubelet> = {
  id: 'KUBELET-IMAGEGC-ORDER',
  on: homes,
  reads: ['imageGCHighThresholdPercent', 'imageGCLowThresholdPercent'],
  *check({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low }) {
    if (high === undefined || low === undefined || high > low) return;
    yield {
      path: ['imageGCHighThresholdPercent'],
      message: `imageGCHighThresholdPercent ${high} must be greater than imageGCLowThresholdPercent ${low}`,
      related: [['imageGCLowThresholdPercent']],
    };
  },
};

const signals: ReadonlySet<string> = new Set([
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'pid.available',
]);

const evictionKeys: Condition<StringMap> = {
  id: 'KUBELET-EVICTION-KEYS',
  on: below('evictionHard', 'evictionSoft', 'evictionSoftGracePeriod'),
  keysOnly: true,
  *check(thresholds) {
    for (const signal of Object.keys(thresholds)) {
      if (!signals.has(signal))
        yield { path: [signal], message: `"${signal}" is no eviction signal; known are ${[...signals].join(', ')}` };
    }
  },
};

const reservable: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pid']);

const reservedKeys: Condition<StringMap> = {
  id: 'KUBELET-RESERVED-KEYS',
  on: below('kubeReserved', 'systemReserved'),
  keysOnly: true,
  *check(reserved) {
    for (const resource of Object.keys(reserved)) {
      if (!reservable.has(resource))
        yield { path: [resource], message: `"${resource}" cannot be reserved; only ${[...reservable].join(', ')} can` };
    }
  },
};

const reservedPositive: Condition<StringMap> = {
  id: 'KUBELET-RESERVED-POSITIVE',
  on: below('kubeReserved', 'systemReserved'),
  *check(reserved) {
    for (const [resource, amount] of Object.entries(reserved)) {
      if (amount.startsWith('-'))
        yield { path: [resource], message: `"${amount}" of ${resource} cannot be reserved: it is negative` };
    }
  },
};

export const kubeletConditions: readonly Condition[] = [
  softHasGrace,
  graceHasSoft,
  imageGcOrder,
  evictionKeys,
  reservedKeys,
  reservedPositive,
];
