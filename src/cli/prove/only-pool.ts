import type { Proof } from '../../prover/proof.ts';
import { hint } from '../config/said-config.ts';
import { UsageError } from '../usage-error.ts';

/** What a proof says of one pool: its own verdict, the pods that Karpenter would put on it, and why others that have no place have none on it. */
export function onlyPool(proof: Proof, name: string): Proof {
  const pool = proof.pools.find((each) => each.name === name);
  if (!pool) {
    if (proof.unasked.includes(name)) return { ...proof, pools: [], pods: [] };
    const names = proof.pools.map((each) => each.name);
    throw new UsageError(`--pool: there is no pool "${name}"${hint(name, names) || known(names)}`);
  }
  const tried = new Set(pool.hosts.map((host) => `${host.kind} ${host.name}`));
  const pods = proof.pods
    .filter(({ kind, pod, verdict, wouldBe }) => tried.has(`${kind} ${pod}`) && (verdict !== 'proved' || wouldBe.pool === name))
    .map((pod) => ({ ...pod, conflicts: pod.conflicts.filter((conflict) => conflict.pool === name) }));
  const facts = new Set([pool, ...pods].flatMap(({ missing }) => missing.map(({ says }) => says)));
  return { ...proof, pools: [pool], pods, unknowns: proof.unknowns.filter(({ says }) => facts.has(says)) };
}

function known(names: readonly string[]): string {
  return names.length > 0 ? `; in view are ${names.join(', ')}` : '; no pool is in view';
}
