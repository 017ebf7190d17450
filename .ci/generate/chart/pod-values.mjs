// The shape of those values that say how many pods there are and what they are like.
import { annotations, bool, closed, countOrShare, free, labels, list, nameOrNone, probe, resources, text } from './shapes.mjs';

export const pods = {
  replicaCount: { type: 'integer', minimum: 1, maximum: 100 },
  strategy: closed({
    type: { enum: ['RollingUpdate', 'Recreate'] },
    rollingUpdate: closed({ maxSurge: countOrShare, maxUnavailable: countOrShare }),
  }),
  revisionHistoryLimit: { type: 'integer', minimum: 0 },
  drainSeconds: { type: 'integer', minimum: 0, maximum: 600 },
  terminationGracePeriodSeconds: { type: ['integer', 'null'], minimum: 1, maximum: 3600 },
  logLevel: { enum: ['debug', 'info', 'warn', 'error'] },
  resources,
  autoscaling: closed({
    enabled: bool,
    minReplicas: { type: 'integer', minimum: 1 },
    maxReplicas: { type: 'integer', minimum: 1 },
    targetCPUUtilizationPercentage: { type: 'integer', minimum: 1, maximum: 1000 },
    behavior: free,
  }),
  podDisruptionBudget: closed({ enabled: bool, maxUnavailable: countOrShare, minAvailable: countOrShare }),
  priorityClassName: nameOrNone,
  resourceQuota: closed({ enabled: bool, pods: { type: 'integer', minimum: 1 } }),
  nodeSelector: labels,
  tolerations: list(
    closed({
      key: text,
      operator: { enum: ['Exists', 'Equal'] },
      value: text,
      effect: { enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
      tolerationSeconds: { type: 'integer' },
    }),
  ),
  defaultAffinity: bool,
  affinity: closed({ nodeAffinity: free, podAffinity: free, podAntiAffinity: free }),
  topologySpreadConstraints: list(
    closed(
      {
        topologyKey: text,
        maxSkew: { type: 'integer', minimum: 1 },
        minDomains: { type: 'integer', minimum: 1 },
        whenUnsatisfiable: { enum: ['ScheduleAnyway', 'DoNotSchedule'] },
        labelSelector: free,
        matchLabelKeys: list(text),
        nodeAffinityPolicy: { enum: ['Honor', 'Ignore'] },
        nodeTaintsPolicy: { enum: ['Honor', 'Ignore'] },
      },
      ['topologyKey', 'maxSkew', 'whenUnsatisfiable'],
    ),
  ),
  podLabels: labels,
  podAnnotations: annotations,
  podSecurityContext: free,
  securityContext: free,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
};
