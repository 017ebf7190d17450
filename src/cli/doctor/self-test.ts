import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { digText } from '../../../webhook/cluster/dig.ts';
import { messageOf } from '../../../webhook/cluster/list-all.ts';
import { heard, impossiblePool } from '../../../webhook/cluster/self-test.ts';
import type { AdmissionMode } from '../../config/config.ts';
import { type Check, ok, unknown, wrong } from './check.ts';

/** Offers the API server a pool that cannot be, as a dry run: nothing is stored, and the webhook must say something unless its mode is silent. */
export async function selfTest(api: ApiServer, mode: AdmissionMode | undefined): Promise<Check> {
  const id = 'self-test';
  const answer = await api.request(
    'POST',
    '/apis/karpenter.sh/v1/nodepools?dryRun=All&fieldManager=poolproof-doctor',
    impossiblePool({ generateName: 'poolproof-doctor-' }),
  );
  const { status, body } = answer;
  const said = messageOf(body, status);
  switch (heard(answer)) {
    case 'denied':
      return ok(id, 'a pool that cannot be was denied');
    case 'warned':
      return ok(id, 'a pool that cannot be was let through with a warning');
    case 'unchecked':
      return unknown(id, 'the webhook answered, and had not looked', 'try again when it is less busy; its logs say why');
    case 'silent':
  }
  if (status === 403 && digText(body, 'reason') === 'Forbidden' && !said.includes('admission webhook'))
    return unknown(id, `may not create NodePools: ${said}`, 'let this account create nodepools, or --no-self-test');
  if (status >= 400)
    return wrong(id, `the API server answers ${status}: ${said}`, 'where it names a webhook, see the checks above');
  if (mode === 'off' || mode === 'audit')
    return ok(id, `a pool that cannot be was let through without a word, as mode ${mode} has it`);
  const cure = 'see the checks above, and failed-open in the audit log; in mode off or audit it is expected';
  return wrong(id, 'a pool that cannot be was let through without a word: nobody judges', cure);
}
