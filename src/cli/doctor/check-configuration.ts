import { rules } from '../../../rules/index.ts';
import { dig, digList, digText, isValue } from '../../../webhook/cluster/dig.ts';
import type { AdmissionMode } from '../../config/config.ts';
import { configShape } from '../../config/config-shape.ts';
import { readConfig } from '../../config/read-config.ts';
import { parse } from '../../document/parse.ts';
import { formats } from '../../report/formats.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import type { Looker } from './looker.ts';

export interface Configured {
  readonly checks: readonly Check[];
  /** The mode in which the webhook runs; undefined where it is not to be had. */
  readonly mode: AdmissionMode | undefined;
}

const FILE = 'poolproof.yaml';

/** The configuration that the Deployment mounts. One with a mistake is not taken up: the webhook goes on with the last good one. */
export async function checkConfiguration(look: Looker, deployment: unknown, today: string): Promise<Configured> {
  const id = 'configuration';
  const namespace = digText(deployment, 'metadata', 'namespace');
  const volumes = digList(deployment, 'spec', 'template', 'spec', 'volumes');
  const name = volumes.map((volume) => digText(volume, 'configMap', 'name')).find((one) => one !== undefined);
  if (namespace === undefined || name === undefined) return { checks: [], mode: undefined };
  const found = await look.at(`/api/v1/namespaces/${namespace}/configmaps/${name}`);
  const at = `the ConfigMap ${namespace}/${name}`;
  if (found.is === 'hidden')
    return { checks: [unknown(id, `may not read ${at}: ${found.why}`, 'let this account get it')], mode: undefined };
  const data = found.is === 'there' ? dig(found.value, 'data') : undefined;
  const text = isValue(data) ? data[FILE] : undefined;
  if (typeof text !== 'string')
    return { checks: [wrong(id, `${at} holds no ${FILE}`, 'install the chart again')], mode: undefined };
  const { value, documents } = readConfig(await parse({ file: FILE, text }), configShape({ rules, formats }), today);
  const [problem] = documents.flatMap(({ problems }) => problems);
  if (!value)
    return {
      checks: [wrong(id, `${at}: ${problem?.message ?? 'is not valid'}`, 'put it right: it is not taken up as it is')],
      mode: undefined,
    };
  const mode = value.admission?.mode ?? 'warn';
  return { checks: [ok(id, `${at} is valid, mode ${mode}`)], mode };
}
