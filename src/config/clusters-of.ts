import type { Cluster } from './config.ts';
import { pathMatcher } from './glob.ts';

/** Tells the clusters of a path relative to the configuration's folder; none is the default cluster. */
export function clustersOf(clusters: readonly Cluster[]): (path: string) => readonly Cluster[] {
  const matchers = clusters.map((cluster) => ({ cluster, matches: pathMatcher(cluster.paths) }));
  return (path) => matchers.filter(({ matches }) => matches(path)).map(({ cluster }) => cluster);
}
