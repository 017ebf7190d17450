import type { Cluster } from '../../config/config.ts';
import { UsageError } from '../usage-error.ts';
import { hint } from './said-config.ts';

/** The cluster that `--cluster` names, for a job that is about one: of several one must be named. */
export function clusterSaid(said: string | undefined, clusters: readonly Cluster[]): Cluster | undefined {
  const names = clusters.map(({ name }) => name);
  if (said === undefined) {
    if (names.length > 0)
      throw new UsageError(`the configuration has several clusters: name one with --cluster (${names.join(', ')})`);
    return undefined;
  }
  const found = clusters.find(({ name }) => name === said);
  if (!found) throw new UsageError(`--cluster: the configuration has no cluster "${said}"${hint(said, names)}`);
  return found;
}
