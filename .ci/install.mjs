// Installs what several suites run against, before they run side by side: programs of Go and Python, and the lab's API server.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { hadolint, helm, helmUnittest, kubeconform, kubeScore, kustomize, promtool, yamllint } from '../test/charts/tools.mjs';

execFileSync(join(import.meta.dirname, '../test/lab/build.sh'), ['etcd', 'apiserver'], { stdio: 'inherit' });
for (const install of [helm, kustomize, kubeconform, kubeScore, helmUnittest, promtool, yamllint, hadolint])
  console.log(install());
