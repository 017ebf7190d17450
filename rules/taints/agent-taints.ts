/** Agents that want pods to wait for them, by the name of their DaemonSet: they take the taint away when they are ready. */
export const agentTaints: ReadonlyMap<string, { readonly key: string; readonly value?: string; readonly effect: string }> =
  new Map([
    ['cilium', { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' }],
    ['ebs-csi-node', { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' }],
  ]);
