import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Access } from './api-server.ts';

/** The files that make up the kubeconfig, in kubectl's order; none where only a pod's own credentials are left to try. */
export function kubeconfigFiles({ kubeconfig, environment }: Access): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  const { KUBECONFIG, HOME, USERPROFILE } = environment;
  const listed = KUBECONFIG?.split(delimiter).filter((file) => file !== '') ?? [];
  if (listed.length > 0) return listed;
  const home = HOME ?? USERPROFILE;
  const usual = home ? join(home, '.kube', 'config') : undefined;
  return usual !== undefined && existsSync(usual) ? [usual] : [];
}
