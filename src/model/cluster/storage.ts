import { type NodeSelector, nodeSelector } from './affinity.ts';
import { type ObjectMeta, objectMeta } from './object-meta.ts';
import { list, type Read, shape, text } from './read.ts';

export interface PersistentVolumeClaim {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly storageClassName?: string; readonly volumeName?: string };
  readonly status: { readonly phase?: string };
}

export interface PersistentVolume {
  readonly metadata: ObjectMeta;
  readonly spec: PersistentVolumeSpec;
}

export interface PersistentVolumeSpec {
  readonly nodeAffinity?: { readonly required?: NodeSelector };
  readonly csi?: { readonly driver?: string };
  readonly awsElasticBlockStore?: object;
  readonly local?: object;
  readonly hostPath?: object;
}

export interface StorageClass {
  readonly metadata: ObjectMeta;
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
  readonly allowedTopologies?: readonly TopologySelectorTerm[];
}

export interface TopologySelectorTerm {
  readonly matchLabelExpressions?: readonly { readonly key?: string; readonly values?: readonly string[] }[];
}

const thing: Read<object> = shape<object>({});

const claimWritten = shape<Partial<PersistentVolumeClaim>>({
  metadata: objectMeta,
  spec: shape<PersistentVolumeClaim['spec']>({ storageClassName: text, volumeName: text }),
  status: shape<PersistentVolumeClaim['status']>({ phase: text }),
});

export const persistentVolumeClaim: Read<PersistentVolumeClaim> = (value, reading) => {
  const found = claimWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {}, status: found.status ?? {} };
};

const volumeWritten = shape<Partial<PersistentVolume>>({
  metadata: objectMeta,
  spec: shape<PersistentVolumeSpec>({
    nodeAffinity: shape<{ readonly required?: NodeSelector }>({ required: nodeSelector }),
    csi: shape<{ readonly driver?: string }>({ driver: text }),
    awsElasticBlockStore: thing,
    local: thing,
    hostPath: thing,
  }),
});

export const persistentVolume: Read<PersistentVolume> = (value, reading) => {
  const found = volumeWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {} };
};

const classWritten = shape<Partial<StorageClass>>({
  metadata: objectMeta,
  provisioner: text,
  volumeBindingMode: text,
  allowedTopologies: list(
    shape<TopologySelectorTerm>({
      matchLabelExpressions: list(
        shape<{ readonly key?: string; readonly values?: readonly string[] }>({ key: text, values: list(text) }),
      ),
    }),
  ),
});

export const storageClass: Read<StorageClass> = (value, reading) => {
  const found = classWritten(value, reading);
  return found && { metadata: {}, ...found };
};
