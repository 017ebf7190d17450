import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { levelOf, type Policy, plainPolicy, settingFor } from '../../src/lint/policy.ts';
import type { Level, Rule } from '../../src/lint/rule.ts';
import type { Profile } from '../../src/lint/world.ts';

const profiles: readonly Profile[] = ['minimal', 'recommended', 'production', 'spot-heavy', 'security', 'dev'];

/** What the profiles say of single rules; of all others every profile but `minimal` says the same, or raises it. */
const table: Readonly<Record<string, string>> = {
  'ami-alias-latest': 'off warning error error error off',
  'ami-al2-deprecated': 'off warning error warning error info',
  'ami-pin-stale': 'off off warning off error off',
  'limits-missing': 'off warning error error warning off',
  'expire-after-without-tgp': 'off warning warning warning warning off',
  'expire-after-long-or-never': 'off off off off warning off',
  'drain-impossible': 'off warning error warning warning info',
  'imds-hop-limit-high': 'off warning warning warning error warning',
  'imds-tokens-optional': 'off warning warning warning error info',
  'storage-unencrypted': 'off warning warning warning error info',
  'sec-public-ip': 'off warning warning warning error info',
  'spot-weight-inverted': 'off warning error error off info',
  'spot-without-queue': 'off warning error error off info',
  'spot-too-few-families': 'off warning warning error off off',
  'spot-too-few-types': 'off warning warning warning off off',
  'spot-no-fallback': 'off warning warning warning off off',
  'sched-spot-loss': 'off info warning warning off off',
  'disruption-consolidate-after-short': 'off warning warning warning warning off',
  'budget-no-floor': 'off warning error warning off off',
  'budget-full-pool': 'off warning error warning off off',
  'req-single-zone': 'off info warning warning off off',
  // Not of the table: a burst of credits is what development is for.
  'req-burstable': 'off info warning info info off',
};

function levelIn(profile: Profile, rule: Rule): Level {
  const policy: Policy = { ...plainPolicy, profile };
  const setting = settingFor(rule, policy, { file: '', object: undefined, labels: new Map() });
  return levelOf(rule, setting, profile, undefined, rule.effect !== 'risk' && rule.effect !== 'advice');
}

test.each(Object.entries(table))('%s', (id, levels) => {
  const rule = rules.find((one) => one.id === id);
  expect(rule && profiles.map((profile) => levelIn(profile, rule)).join(' ')).toBe(levels);
});

const rank: readonly Level[] = ['off', 'info', 'warning', 'error'];

test('no profile but minimal lowers what the table does not name', () => {
  const lowered = rules
    .filter(({ id }) => !(id in table))
    .filter((rule) =>
      profiles.slice(2).some((profile) => rank.indexOf(levelIn(profile, rule)) < rank.indexOf(levelIn('recommended', rule))),
    );
  expect(lowered.map(({ id }) => id)).toEqual([]);
});

test.each(['role-is-arn', 'limits-unknown-resource', 'overlay-conflict', 'budget-empty-reasons', 'userdata-toml-broken'])(
  'minimal leaves %s alone: neither the API nor the conditions of the object tell it',
  (id) => {
    const rule = rules.find((one) => one.id === id);
    expect(rule && levelIn('minimal', rule)).toBe('off');
  },
);

test.each(['budget-cron-invalid', 'ami-alias-malformed', 'storage-mapping-incomplete', 'expire-after-zero', 'req-contradiction'])(
  'minimal tells %s',
  (id) => {
    const rule = rules.find((one) => one.id === id);
    expect(rule && levelIn('minimal', rule)).toBe('error');
  },
);
