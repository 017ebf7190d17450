import { hint } from '../config/said-config.ts';
import { UsageError } from '../usage-error.ts';

/** Gates of Karpenter that change what a simulation answers. */
export interface FeatureGates {
  readonly nodeOverlay: boolean | undefined;
}

const known = ['NodeOverlay'];

/** `--feature-gates`, spelt as Karpenter's own flag is: `NodeOverlay=true`, joined by commas. */
export function featureGatesSaid(said: string | undefined): FeatureGates {
  const gates = new Map((said ?? '').split(',').filter(Boolean).map(gateSaid));
  return { nodeOverlay: gates.get('NodeOverlay') };
}

function gateSaid(said: string): readonly [string, boolean] {
  const [, name = said, value] = /^([^=]*)=(true|false)$/.exec(said.trim()) ?? [];
  if (value === undefined) throw new UsageError(`--feature-gates: "${said}" is not NAME=true or NAME=false`);
  if (!known.includes(name))
    throw new UsageError(`--feature-gates: "${name}" changes no simulation${hint(name, known) || `; ${known.join(', ')} does`}`);
  return [name, value === 'true'];
}
