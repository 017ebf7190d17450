import { regionOfZone } from '../../src/catalog/regions.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Target } from '../../src/lint/world.ts';
import { quoted, type Stray, strayValues } from './stray-values.ts';

export const reqZoneValue: Rule<'NodePool'> = {
  id: 'req-zone-value',
  code: 'PP209',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a zone that is none, or is not of this cluster',
  why: 'The value never matches an offering, and it still counts as a zone for topology spread: pods that must spread over zones then wait for a zone that cannot come.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#availability-zones',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
  `,

  *check(pool, { requirements, target }) {
    const said = requirements(pool);
    for (const stray of strayValues(said, 'topology.kubernetes.io/zone', (zone) => fault(zone, target) === undefined)) {
      const [{ value, at }] = stray.values;
      yield { at, message: `${fault(value, target)}${also(stray)}`, ...idFix(stray) };
    }
    for (const { values } of strayValues(said, 'topology.kubernetes.io/region', (name) => name === (target.region ?? name))) {
      yield { at: values[0].at, message: `the cluster is in region ${target.region}: ${quoted(values)} never matches` };
    }
  },
};

/** What is wrong with a zone. Local and wavelength zones are zones like any other. */
function fault(zone: string, { region, zones }: Target): string | undefined {
  if (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(zone)) return `"${zone}" is a region; its zones are ${zone}a, ${zone}b and so on`;
  if (isZoneId(zone)) return `"${zone}" is the id of a zone: its label is topology.k8s.aws/zone-id`;
  const own = regionOfZone(zone);
  if (own === undefined) return undefined;
  if (region !== undefined && own !== region) return `"${zone}" is a zone of ${own}, and the cluster is in ${region}`;
  return zones && !zones.includes(zone) ? `"${zone}" is none of the cluster's zones (${zones.join(', ')})` : undefined;
}

/** `use1-az1`, and of local zones `usw2-lax1-az1`. */
function isZoneId(value: string): boolean {
  return /^[a-z]{3,5}\d+(-[a-z0-9]+)*-az\d+$/.test(value);
}

function also({ values: [, ...others] }: Stray): string {
  return others.length === 0 ? '' : `; so ${others.length > 1 ? 'are' : 'is'} ${quoted(others)} no zone to match`;
}

/** Only ids, so that the whole requirement can change its label. */
function idFix({ statement, values, isAll }: Stray): Pick<Finding, 'fixes'> {
  const key = statement.written?.key;
  if (!key || !isAll || !values.every(({ value }) => isZoneId(value))) return {};
  const ops = [{ op: 'set' as const, at: key.at, value: 'topology.k8s.aws/zone-id' }];
  return { fixes: [{ title: 'ask for the zone id', safety: 'safe', ops }] };
}
