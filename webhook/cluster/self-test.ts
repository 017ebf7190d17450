import type { Answer } from './api-server.ts';
import { messageOf } from './list-all.ts';

/** A pool that the API server takes and that breaks a rule of every profile: no machine is of two architectures. */
export function impossiblePool(metadata: { readonly name: string } | { readonly generateName: string }): object {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata,
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'poolproof-self-test' },
          requirements: [
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'kubernetes.io/arch', operator: 'NotIn', values: ['amd64'] },
          ],
        },
      },
    },
  };
}

/** What became of it at admission. `unchecked`: the webhook answered and had not looked; `silent`: nobody said a word. */
export type Heard = 'denied' | 'warned' | 'unchecked' | 'silent';

export function heard({ status, body, warnings }: Answer): Heard {
  if (status >= 400 && (messageOf(body, status).includes(SIGN) || JSON.stringify(body).includes(SIGN))) return 'denied';
  const own = warnings.filter((warning) => warning.includes(SIGN));
  if (own.some((warning) => !warning.includes(`${SIGN}not fully checked`))) return 'warned';
  return own.length > 0 ? 'unchecked' : 'silent';
}

const SIGN = 'poolproof: ';
