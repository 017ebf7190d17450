// The shape of the chart's values. Closed everywhere: a value that is mistyped is an error that names it. Descriptions are not here:
// they are the comments of values.yaml. What Kubernetes itself defines (affinity, volumes …) is left to the API server.
import { pods } from './pod-values.mjs';
import {
  annotations,
  bool,
  byName,
  closed,
  conditions,
  flags,
  free,
  hours,
  labels,
  list,
  mode,
  name,
  named,
  nameOrNone,
  overrideName,
  ownPort,
  port,
  resources,
  text,
} from './shapes.mjs';

/** Level and parameters of a rule as poolproof.yaml has them; the server knows the parameters. */
const ruleSetting = { anyOf: [{ enum: ['off', 'info', 'warning', 'error'] }, free] };

/**
 * `rules` are the ids of all rules, `admissionRules` and `exemptions` the shapes that poolproof.yaml has for them, `config` that of
 * its other keys, `renamed` the names that the chart refuses with a better one.
 */
export function valuesSchema({ rules, exemptions, config, renamed }) {
  const properties = {
    // Open: a chart that has this one as a part shares its own globals with it.
    global: { ...closed({ imageRegistry: text, imagePullSecrets: list(name) }), additionalProperties: true },
    nameOverride: overrideName,
    fullnameOverride: overrideName,
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
  armFailClosed: { enum: ['never', 'afterSelfTest'] },
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
  tracing: closed({
    enabled: bool,
    endpoint: { type: 'string', pattern: '^(https?://[^/?#@:]+(:[0-9]+)?(/[^?#]*)?)?$' },
    ratio: { type: 'number', minimum: 0, maximum: 1 },
  }),
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
