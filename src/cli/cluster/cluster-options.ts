import { Option } from 'commander';

/** Which cluster a command speaks to. */
export function clusterOptions(): readonly Option[] {
  return [
    new Option('--kubeconfig <file>', "the kubeconfig (default: KUBECONFIG, ~/.kube/config, a pod's own account)"),
    new Option('--context <name>', 'the context of the kubeconfig (default: its current one)'),
  ];
}
