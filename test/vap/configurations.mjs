// Configurations under which the policies and the engine are compared: as it comes, and with everything tuned that a condition reads.
export function configurations(rules, minor) {
  const plain = { karpenterVersion: minor, rules };
  const tuned = {
    karpenterVersion: minor,
    kubernetesVersion: '1.34',
    trustedOwners: ['602401143452', 'self'],
    removers: ['example.com/not-ready'],
    requiredTags: [{ key: 'team' }, { key: 'cost-center', pattern: '[0-9]+' }],
    rules: withParameters(rules),
  };
  return Object.entries({ plain, tuned });
}

const parameters = {
  'budget-full-pool': { maxPercent: 50 },
  'disruption-consolidate-after-short': { threshold: '5m', emptyThreshold: '1h30m' },
  'expire-after-short': { minimum: '300h' },
  'expire-after-long-or-never': { maxNodeAge: '24h' },
  'imds-hop-limit-high': { max: 1, allowClasses: ['case'] },
  'limits-missing': { require: ['memory'] },
  'limits-unit-suspicious': { leastRatio: 3.5, mostRatio: 7.5 },
  'node-lifetime-over-policy': { maxLifetime: '72h' },
  'ref-unmanaged-class': { otherProviders: ['example.com'] },
  'req-label-on-pool-metadata': { ignoreKeys: [] },
  'selector-too-broad': { clusterTagKeys: ['team', 'Name'] },
  'storage-root-volume-small': { minGi: 75.5 },
  'storage-unencrypted': { accountDefaultEncryption: true },
  'tgp-long': { maximum: '1h' },
  'tgp-short': { minimum: '48h' },
  'userdata-too-large': { overhead: 14700 },
  'api-auto-mode-mixup': { mode: 'karpenter' },
};

function withParameters(rules) {
  const known = Object.keys(parameters).filter((id) => rules[id] === undefined);
  if (known.length > 0) throw new Error(`no condition: ${known.join(', ')}`);
  return Object.fromEntries(Object.entries(rules).map(([id, { level }]) => [id, { level, ...parameters[id] }]));
}
