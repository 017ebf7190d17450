import type { Node } from '../document/node.ts';
import { find, ScalarNode } from '../document/node.ts';
import { type ChartValues, isOn } from '../model/chart-values.ts';
import type { Place } from '../text/place.ts';
import type { Context } from './context.ts';

/** A switch of the controller: whether it is on, undefined where that cannot be told, and where it says so. */
export interface Switch {
  readonly on: boolean | undefined;
  readonly at: Place | undefined;
}

/** A feature gate of Karpenter, by the chart's name for it. */
export function featureGate(context: Context, name: string, byDefault: boolean): Switch {
  return switchOf(context, ['featureGates', name], byDefault);
}

/**
 * A boolean below the chart's `settings`. Values files are laid over one another: what one of them says holds, unless another
 * says the opposite; what none says has the chart's default.
 */
export function switchOf(context: Context, path: readonly string[], byDefault: boolean): Switch {
  const all = context.all('ChartValues');
  if (all.length === 0) return untold;
  const written = all.flatMap(({ settings }) => (settings && find(settings, path)) ?? []);
  const [first] = written;
  const answers = new Set(written.map(isOn));
  const on = answers.size === 0 ? byDefault : answers.size === 1 ? isOn(first) : undefined;
  const isTold = !all.some(setsGatesElsewhere);
  const at = first?.at ?? all[0]?.settings?.keyAt;
  return { on: isTold ? on : undefined, at };
}

/** Most inputs have no values of the chart. */
const untold: Switch = { on: undefined, at: undefined };

/** The flag can be set as an environment variable past the values. */
function setsGatesElsewhere({ node }: ChartValues): boolean {
  const environment: Node | undefined = find(node, ['controller', 'env']);
  return environment !== undefined && names(environment).includes('FEATURE_GATES');
}

function names(node: Node): readonly string[] {
  if (node instanceof ScalarNode) return [String(node.value)];
  const parts = 'items' in node ? node.items : node.entries.map(({ value }) => value);
  return parts.flatMap(names);
}
