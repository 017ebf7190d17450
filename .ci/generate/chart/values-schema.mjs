// The shape of the chart's values. Closed everywhere: a value that is mistyped is an error that names it. Descriptions are not here:
// they are the comments of values.yaml. What Kubernetes itself defines (affinity, volumes …) is left to the API server.
const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' };
const nameOrNone = { type: 'string', pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$' };
const label = { type: 'string', pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$' };
const port = { type: 'integer', minimum: 1, maximum: 65535 };
/** Below 1024 a process needs a capability, and ours has none. */
const ownPort = { type: 'integer', minimum: 1024, maximum: 65535 };
const seconds = { type: 'integer', minimum: 1, maximum: 3600 };
const hours = { type: 'string', pattern: '^[1-9]\\d*h$' };
const bool = { type: 'boolean' };
const text = { type: 'string' };
const free = { type: 'object' };
const labels = { type: 'object', additionalProperties: label };
const annotations = { type: 'object', additionalProperties: text };
const flags = list({ type: 'string', pattern: '^--[a-z]' });
const quantity = { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)?(m|[kMGT]i?)?$' };
const memory = { type: 'string', pattern: '^[1-9]\\d*([MG]i?)$' };
const countOrShare = { type: ['integer', 'string', 'null'], minimum: 0, pattern: '^\\d{1,3}%$' };
const mode = { enum: ['off', 'audit', 'warn', 'enforce'] };
const named = (properties) => ({ type: 'object', required: ['name'], properties: { name: text, ...properties } });
const conditions = list(closed({ name: text, expression: text }, ['name', 'expression']));
const probe = closed({
  initialDelaySeconds: { type: 'integer', minimum: 0 },
  periodSeconds: seconds,
  timeoutSeconds: seconds,
  failureThreshold: seconds,
  successThreshold: seconds,
});
const resources = closed({
  requests: closed({ cpu: quantity, memory, 'ephemeral-storage': quantity }),
  limits: closed({ cpu: quantity, memory, 'ephemeral-storage': quantity }, ['memory']),
});

/** Level and parameters of a rule as poolproof.yaml has them; the server knows the parameters. */
const ruleSetting = { anyOf: [{ enum: ['off', 'info', 'warning', 'error'] }, free] };

/** An object with these keys and no others. Helm names the key that is wrong only if each is written out. */
export function byName(names, $ref) {
  return closed(Object.fromEntries(names.map((key) => [key, { $ref }])));
}

/**
 * `rules` are the ids of all rules, `admissionRules` and `exemptions` the shapes that poolproof.yaml has for them, `config` that of
 * its other keys, `renamed` the names that the chart refuses with a better one.
 */
export function valuesSchema({ rules, exemptions, config, renamed }) {
  const properties = {
    global: closed({ imageRegistry: text, imagePullSecrets: list(name) }),
    nameOverride: label,
    fullnameOverride: nameOrNone,
    commonLabels: labels,
    commonAnnotations: annotations,
    mode,
    rules: byName(rules, '#/definitions/mode'),
    denyFormat: { enum: ['causes', 'message'] },
    annotationExemptions: bool,
    exemptions,
    karpenterUsers: list({ type: 'string', minLength: 1 }),
    snapshotMaxAge: { type: 'integer', minimum: 1 },
    config,
    snapshot: { enum: ['karpenter', 'workloads', 'none'] },
    webhook,
    certificates,
    image,
    imagePullSecrets: list(name),
    ...pods,
    serviceAccount: closed({ create: bool, name: nameOrNone, annotations }),
    rbac: closed({ create: bool }),
    service,
    extraEnv: list(named({})),
    extraArgs: flags,
    extraVolumes: list(named({})),
    extraVolumeMounts: list(named({ mountPath: text })),
    extraObjects: list({ type: ['object', 'string'] }),
    ...observing,
    networkPolicy,
    scan,
    tests: closed({ dryRun: bool }),
    apiVersionChecks: bool,
  };
  for (const [old, now] of Object.entries(renamed)) properties[old] = { deprecated: true, description: `Called ${now}.` };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart poolproof',
    ...closed(properties),
    definitions: { mode, ruleSetting },
  };
}

const webhook = closed({
  enabled: bool,
  name,
  failurePolicy: { enum: ['Ignore', 'Fail'] },
  timeoutSeconds: { type: 'integer', minimum: 1, maximum: 30 },
  matchConditions: conditions,
  extraMatchConditions: conditions,
  scaleSubresource: bool,
  annotations,
  url: { type: 'string', pattern: '^(https://[^/?#@]+/?)?$' },
  port: ownPort,
  host: { type: 'string', pattern: '^[0-9a-fA-F.:]+$' },
  hostNetwork: bool,
  maxInFlight: { type: 'integer', minimum: 1, maximum: 10000 },
  maxQueued: { type: 'integer', minimum: 0, maximum: 100000 },
});

const certificates = closed({
  mode: { enum: ['selfManaged', 'certManager', 'existingSecret'] },
  selfManaged: closed({ secretName: nameOrNone }),
  certManager: closed({
    issuerRef: closed({ name, kind: { enum: ['Issuer', 'ClusterIssuer'] }, group: text }),
    duration: hours,
    renewBefore: hours,
    caDuration: hours,
    caRenewBefore: hours,
  }),
  existingSecret: closed({
    name: nameOrNone,
    caBundle: { type: 'string', pattern: '^\\s*(-----BEGIN CERTIFICATE-----[\\s\\S]+-----END CERTIFICATE-----\\s*)?$' },
  }),
});

const image = closed({
  registry: text,
  repository: { type: 'string', minLength: 1 },
  tag: text,
  digest: { type: 'string', pattern: '^(sha256:[0-9a-f]{64})?$' },
  pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
});

const pods = {
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

const service = closed({
  type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
  port,
  annotations,
  ipFamilyPolicy: { enum: ['', 'SingleStack', 'PreferDualStack', 'RequireDualStack'] },
});

const promDuration = { type: 'string', pattern: '^\\d+(ms|s|m|h)$' };
const observing = {
  metrics: closed({ port: ownPort, serviceAnnotations: annotations }),
  serviceMonitor: closed({ enabled: bool, labels, interval: promDuration, scrapeTimeout: promDuration }),
  prometheusRule: closed({
    enabled: bool,
    labels,
    alertLabels: annotations,
    latencySeconds: { type: 'number', exclusiveMinimum: 0 },
    disabled: list(text),
  }),
  dashboard: closed({ enabled: bool, labels, annotations }),
};

const networkPolicy = closed({
  enabled: bool,
  metricsFrom: list(closed({ namespaceSelector: free, podSelector: free, ipBlock: free })),
  apiServerCIDRs: list({ type: 'string', pattern: '^[0-9a-fA-F.:]+/\\d{1,3}$' }),
  apiServerPorts: { ...list(port), minItems: 1 },
});

const scan = closed({
  enabled: bool,
  schedule: { type: 'string', pattern: '^(@(hourly|daily|weekly|monthly|yearly|annually|midnight)|\\S+( \\S+){4})$' },
  timeZone: text,
  reports: bool,
  shards: { type: 'integer', minimum: 1, maximum: 1000 },
  activeDeadlineSeconds: { type: 'integer', minimum: 10 },
  extraArgs: flags,
  resources,
});

function closed(properties, required) {
  return { type: 'object', additionalProperties: false, properties, ...(required === undefined ? {} : { required }) };
}

function list(items) {
  return { type: 'array', items };
}
