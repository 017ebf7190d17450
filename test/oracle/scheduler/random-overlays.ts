import { type Random, random } from '../algebra/random.ts';
import { randomScenario, type Scenario, type ScenarioObject } from './random-scenario.ts';
import { clean, keys, type Requirement, requirement } from './vocabulary.ts';

const family = 'karpenter.k8s.aws/instance-family';
const dongle = 'example.com/dongle';

/** The scenario of a seed with NodeOverlays, and with pods that ask for what overlays give. */
export function overlaidScenario(seed: number, most?: number): Scenario {
  const r = random(seed * 2 + 1);
  const scenario = randomScenario(seed, most);
  const overlays = Array.from({ length: 1 + r.integer(r.percent(70) ? 3 : 8) }, (_, index) => overlay(r, `overlay-${index}`));
  return clean({
    ...scenario,
    name: `${scenario.name} overlays`,
    settings: { ...scenario.settings, nodeOverlay: r.percent(95) },
    objects: [...scenario.objects.map((object) => (r.percent(25) ? wanting(r, object) : object)), ...overlays],
  }) as Scenario;
}

function overlay(r: Random, name: string): ScenarioObject {
  const what = r.integer(4);
  const spec = {
    weight: r.percent(60) ? r.pick([1, 1, 5, 10, 10]) : undefined,
    requirements: r.percent(35) ? [] : r.some(1, r.percent(25) ? 2 : 1, () => demand(r)),
    price: what === 0 || r.percent(3) ? r.pick(['0', '0.01', '0.1', '7.25', '100']) : undefined,
    priceAdjustment: what === 1 || r.percent(20) ? r.pick(adjustments) : undefined,
    capacity: what === 2 || r.percent(35) ? capacity(r) : undefined,
  };
  return { apiVersion: 'karpenter.sh/v1alpha1', kind: 'NodeOverlay', metadata: { name }, spec } as ScenarioObject;
}

const adjustments = ['+0.05', '-0.05', '-10', '+10%', '-10%', '-99.5%', '-100%', '+250%', '+.5', '-.003'];

function demand(r: Random): Requirement {
  if (r.percent(15)) return { key: keys.pool, operator: r.pick(['In', 'NotIn']), values: [r.pick(['alpha', 'beta', 'gamma'])] };
  if (r.percent(20)) return { key: keys.capacity, operator: 'In', values: [r.pick(['on-demand', 'spot', 'reserved'])] };
  if (r.percent(20)) return { key: keys.zone, operator: r.pick(['In', 'NotIn']), values: [r.pick(['us-east-1a', 'us-east-1b'])] };
  if (r.percent(4)) return { key: 'karpenter.sh/other', operator: 'Exists' };
  if (r.percent(30)) return requirement(r, true);
  return { key: family, operator: r.pick(['In', 'NotIn']), values: [r.pick(['m5', 'c5', 'r5', 't3', 'f0', 'f1'])] };
}

function capacity(r: Random): Readonly<Record<string, string>> {
  return {
    ...(r.percent(70) && { [dongle]: r.pick(['1', '4', '100', '0']) }),
    ...(r.percent(30) && { 'nvidia.com/gpu': r.pick(['1', '8']) }),
    ...(r.percent(20) && { 'hugepages-2Mi': r.pick(['100Mi', '2Gi', '900Gi']) }),
    ...(r.percent(10) && { 'example.com/slots': '250m' }),
    ...(r.percent(5) && { [r.pick(['cpu', 'aws.amazon.com/neuron'])]: '4' }),
  };
}

interface Container {
  readonly resources?: { readonly requests?: Readonly<Record<string, string>>; readonly limits?: object };
}

/** A pod that asks for something that only overlays give, or that few types have. */
function wanting(r: Random, object: ScenarioObject): ScenarioObject {
  const { spec } = object as { readonly spec?: { readonly containers?: readonly Container[] } };
  const [first, ...others] = spec?.containers ?? [];
  if (object.kind !== 'Pod' || !first) return object;
  const more = r.pick([dongle, dongle, 'nvidia.com/gpu', 'hugepages-2Mi']);
  const amount = more.startsWith('hugepages') ? '64Mi' : '1';
  const { requests, limits } = first.resources ?? {};
  const resources = { requests: { ...requests, [more]: amount }, limits: { ...limits, [more]: amount } };
  return { ...object, spec: { ...spec, containers: [{ ...first, resources }, ...others] } } as ScenarioObject;
}
