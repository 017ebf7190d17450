import { type ApiServer, openApiServer } from '../../../webhook/cluster/api-server.ts';
import { Unreachable } from '../../../webhook/cluster/unreachable.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';

export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** The API server that flags and environment name. */
export async function openCluster({ kubeconfig, context }: ClusterFlags, { environment }: Shell): Promise<ApiServer> {
  const opened = await openApiServer({ kubeconfig, context, environment });
  if ('fault' in opened) throw new UsageError(opened.fault);
  return opened;
}

/** What a job makes of the cluster; where no answer can be had, the job cannot be done, and the user is told why. */
export async function orSaying<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    if (error instanceof Unreachable) throw new UsageError(`the cluster does not answer: ${error.message}`);
    throw error;
  }
}
