import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataTomlBroken: Rule<'EC2NodeClass'> = {
  id: 'userdata-toml-broken',
  code: 'PP810',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'Bottlerocket settings that are not TOML, or that Karpenter drops',
  why: 'A text that does not parse makes no launch template, and the class never becomes Ready. A key under settings.kubernetes that Karpenter does not know is lost without a word.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        [settings.kubernetes
        allowed-unsafe-sysctls = []
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        [settings.kubernetes]
        allowed-unsafe-sysctls = []
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    // What is no TOML at all is told as the wrong format.
    if (data?.family !== 'Bottlerocket' || data.isMime || data.written.value.startsWith('#!')) return;
    try {
      const unknown = unknownSettings(parse(data.written.value));
      if (unknown.length > 0)
        yield {
          at: data.written.keyAt,
          severity: 'warning',
          message: `settings.kubernetes has no ${unknown.join(', ')} that Karpenter knows: it is dropped before Bottlerocket sees it`,
          evidence: { kind: 'sets', of: { unknown } },
        };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      yield {
        at: data.written.keyAt,
        message: `line ${error.line} of the user data is not TOML: ${error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')}`,
      };
    }
  },
};

/** Karpenter reads this table into a type of its own and writes that; all other tables it hands on as they are. */
function unknownSettings({ settings }: TomlTable): readonly string[] {
  const { kubernetes } = isTable(settings) ? settings : {};
  return isTable(kubernetes) ? Object.keys(kubernetes).filter((name) => !known.has(name)) : [];
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}

/** Of the provider's BottlerocketKubernetes at v1.15.1. */
const known: ReadonlySet<string> = new Set([
  'api-server',
  'cloud-provider',
  'cluster-certificate',
  'cluster-name',
  'cluster-dns-ip',
  'credential-providers',
  'node-labels',
  'node-taints',
  'max-pods',
  'static-pods',
  'eviction-hard',
  'eviction-soft',
  'eviction-soft-grace-period',
  'eviction-max-pod-grace-period',
  'kube-reserved',
  'system-reserved',
  'allowed-unsafe-sysctls',
  'server-tls-bootstrap',
  'registry-qps',
  'registry-burst',
  'event-qps',
  'event-burst',
  'kube-api-qps',
  'kube-api-burst',
  'container-log-max-size',
  'container-log-max-files',
  'cpu-manager-policy',
  'cpu-manager-policy-options',
  'cpu-manager-reconcile-period',
  'memory-manager-policy',
  'memory-manager-reserved-memory',
  'topology-manager-scope',
  'topology-manager-policy',
  'topology-manager-policy-options',
  'image-gc-high-threshold-percent',
  'image-gc-low-threshold-percent',
  'ids-per-pod',
  'cpu-cfs-quota-enforced',
  'shutdown-grace-period',
  'shutdown-grace-period-for-critical-pods',
  'cluster-domain',
  'seccomp-default',
  'pod-pids-limit',
  'device-ownership-from-security-context',
  'single-process-oom-kill',
  'container-log-max-workers',
  'container-log-monitor-interval',
  'hostname-override-source',
  'log-level',
]);
