import { type ResourceList, resourceList } from '../model/cluster/container.ts';
import { type ObjectMeta, objectMeta, type StringMap, stringMap } from '../model/cluster/object-meta.ts';
import { list, type Read, type Reading, shape, text } from '../model/cluster/read.ts';
import { type PodToleration, toleration } from '../model/cluster/taint.ts';
import type { AdmissionObjects, ContainerLimits, RuntimeClass } from './admission.ts';

interface WrittenRuntimeClass {
  readonly metadata?: ObjectMeta;
  readonly overhead?: { readonly podFixed?: ResourceList };
  readonly scheduling?: { readonly nodeSelector?: StringMap; readonly tolerations?: readonly PodToleration[] };
}

interface WrittenLimitRange {
  readonly metadata?: ObjectMeta;
  readonly spec?: { readonly limits?: readonly (ContainerLimits & { readonly type?: string })[] };
}

const runtimeClass: Read<WrittenRuntimeClass> = shape<WrittenRuntimeClass>({
  metadata: objectMeta,
  overhead: shape<{ readonly podFixed?: ResourceList }>({ podFixed: resourceList }),
  scheduling: shape<NonNullable<WrittenRuntimeClass['scheduling']>>({ nodeSelector: stringMap, tolerations: list(toleration) }),
});

const limitRange: Read<WrittenLimitRange> = shape<WrittenLimitRange>({
  metadata: objectMeta,
  spec: shape<NonNullable<WrittenLimitRange['spec']>>({
    limits: list(
      shape<ContainerLimits & { readonly type?: string }>({ type: text, default: resourceList, defaultRequest: resourceList }),
    ),
  }),
});

export interface Manifest {
  readonly kind: string;
  readonly value: unknown;
}

export function admissionObjects(manifests: readonly Manifest[], reading: Reading): AdmissionObjects {
  const runtimeClasses = new Map<string, RuntimeClass>();
  const containerLimits = new Map<string, ContainerLimits[]>();
  for (const { kind, value } of manifests) {
    if (kind === 'RuntimeClass') {
      const { metadata, overhead, scheduling } = runtimeClass(value, reading) ?? {};
      runtimeClasses.set(metadata?.name ?? '', { ...scheduling, ...(overhead?.podFixed && { overhead: overhead.podFixed }) });
    } else if (kind === 'LimitRange') {
      const { metadata, spec } = limitRange(value, reading) ?? {};
      const namespace = metadata?.namespace ?? 'default';
      const own = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
      containerLimits.set(namespace, [...(containerLimits.get(namespace) ?? []), ...own]);
    }
  }
  return { runtimeClasses, containerLimits };
}
