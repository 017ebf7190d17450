/** Taints that agents in wide use put on a node's start and take away when they are ready. */
export const knownRemovers: ReadonlySet<string> = new Set([
  'node.cilium.io/agent-not-ready',
  'ebs.csi.aws.com/agent-not-ready',
  'efs.csi.aws.com/agent-not-ready',
  'cni.istio.io/not-ready',
]);
