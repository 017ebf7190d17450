import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { digText } from '../../../webhook/cluster/dig.ts';
import { messageOf } from '../../../webhook/cluster/list-all.ts';
import type { AdmissionMode } from '../../config/config.ts';
import { type Check, ok, unknown, wrong } from './check.ts';

/** Lets the API server take it, and breaks a rule that every profile has: no machine is of two architectures. */
const guinea = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { generateName: 'poolproof-doctor-' },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'poolproof-doctor' },
        requirements: [
          { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
          { key: 'kubernetes.io/arch', operator: 'NotIn', values: ['amd64'] },
        ],
      },
    },
  },
};

const SIGN = 'poolproof: ';

/** Offers the API server a pool that cannot be, as a dry run: nothing is stored, and the webhook must say something unless its mode is silent. */
export async function selfTest(api: ApiServer, mode: AdmissionMode | undefined): Promise<Check> {
  const id = 'self-test';
  const { status, body, warnings } = await api.request(
    'POST',
    '/apis/karpenter.sh/v1/nodepools?dryRun=All&fieldManager=poolproof-doctor',
    guinea,
  );
  const said = messageOf(body, status);
  if (status >= 400 && (said.includes(SIGN) || JSON.stringify(body).includes(SIGN)))
    return ok(id, 'a pool that cannot be was denied');
  if (warnings.some((warning) => warning.includes(SIGN))) return ok(id, 'a pool that cannot be was let through with a warning');
  if (status === 403 && digText(body, 'reason') === 'Forbidden' && !said.includes('admission webhook'))
    return unknown(id, `may not create NodePools: ${said}`, 'let this account create nodepools, or --no-self-test');
  if (status >= 400)
    return wrong(id, `the API server answers ${status}: ${said}`, 'where it names a webhook, see the checks above');
  if (mode === 'off' || mode === 'audit')
    return ok(id, `a pool that cannot be was let through without a word, as mode ${mode} has it`);
  const cure = 'see the checks above, and failed-open in the audit log; in mode off or audit it is expected';
  return wrong(id, 'a pool that cannot be was let through without a word: nobody judges', cure);
}
