// The API server of test/lab, with the kinds of Karpenter, cert-manager and the Prometheus operator.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { clientOf } from '../admission/lab.mjs';
import { namespace, root, run } from './render.mjs';
import { goModule } from './tools.mjs';

const lab = join(root, 'test/lab');
const env = { ...process.env, LAB_NAME: process.env.LAB_NAME ?? 'charts' };

/** Starts it, hands `use` a way to run kubectl and one to call it, and stops it in any case. */
export async function withLab(use) {
  const printed = execFileSync(join(lab, 'up.sh'), ['1.15'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const kubeconfig = printed.trim().split('\n').at(-1);
  const kubectl = (args, input) => run('kubectl', args, { input, env: { KUBECONFIG: kubeconfig } });
  try {
    prepare(kubectl);
    return await use({ ...clientOf(kubeconfig), kubectl, kubeconfig });
  } finally {
    execFileSync(join(lab, 'down.sh'), { env, stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

function prepare(kubectl) {
  const certManager = join(goModule('github.com/cert-manager/cert-manager@v1.21.2'), 'deploy/crds');
  const prometheus = join(
    goModule('github.com/prometheus-operator/prometheus-operator@v0.85.0'),
    'example/prometheus-operator-crd',
  );
  const crds = [
    ...['certificates', 'issuers'].map((name) => join(certManager, `cert-manager.io_${name}.yaml`)),
    ...['servicemonitors', 'prometheusrules'].map((name) => join(prometheus, `monitoring.coreos.com_${name}.yaml`)),
  ];
  must(kubectl(['apply', '--server-side', ...crds.flatMap((file) => ['-f', file])]));
  must(kubectl(['wait', '--for', 'condition=Established', '--timeout', '240s', ...crds.flatMap((file) => ['-f', file])]));
  const standard = ['enforce', 'warn'].map((what) => [`pod-security.kubernetes.io/${what}`, 'restricted']);
  const metadata = { name: namespace, labels: Object.fromEntries(standard) };
  must(kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata })));
}

export function must({ status, stdout, stderr }) {
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
