// What a pod shows the API server: a token of its account.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './lab.mjs';
import { namespace } from './render.mjs';

export function tokenOf(account, kubectl) {
  return must(kubectl(['create', 'token', account, '--namespace', namespace])).trim();
}

/** A kubeconfig like the lab's, but as an account of the chart. */
export function kubeconfigAs(account, { kubectl, kubeconfig }, folder) {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  config.users[0].user = { token: tokenOf(account, kubectl) };
  const file = join(folder, `${account}.kubeconfig`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}
