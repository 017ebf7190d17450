/** What an expression in the kubelet configuration of an EC2NodeClass may ask of an instance type. Counts; memory in MiB. */
export interface KubeletVariables {
  readonly vcpus: number;
  readonly memory_mib: number;
  readonly default_enis: number;
  readonly ips_per_eni: number;
  readonly max_pods: number;
  readonly instance_type: string;
}

/** Why an expression has no answer. */
export interface ExpressionFault {
  readonly fault: string;
}

/** Its answer for one instance type, cut off at the point as Karpenter does. */
export type KubeletExpression = (variables: KubeletVariables) => number | ExpressionFault;

export function isExpressionFault<T>(result: T | ExpressionFault): result is ExpressionFault {
  return typeof result === 'object' && result !== null && 'fault' in result;
}
