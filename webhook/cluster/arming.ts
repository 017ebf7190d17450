import type { Logger } from 'pino';
import type { Answer, ApiServer } from './api-server.ts';
import { dig, digList, digText } from './dig.ts';
import { messageOf } from './list-all.ts';
import { heard, impossiblePool } from './self-test.ts';
import { Unreachable } from './unreachable.ts';

export interface ArmingOptions {
  readonly api: ApiServer;
  /** The one ValidatingWebhookConfiguration that is armed. */
  readonly webhookConfiguration: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly times?: ArmingTimes;
}

/** Between looks, in milliseconds, give or take a sixth: while all is as it should be, and while it is not. */
export interface ArmingTimes {
  readonly poll: number;
  readonly hurry: number;
}

export interface Arming {
  /** Whether every entry failed closed when this was last looked at. */
  readonly isArmed: () => boolean;
  stop(): void;
}

const usual: ArmingTimes = { poll: 60_000, hurry: 5_000 };

/** The one pool that the chart's role lets a server offer. */
const POOL = 'poolproof-self-test';

/** Who the API server notes down as having set `failurePolicy`. */
const MANAGER = 'poolproof-arming';

/**
 * Fails closed only what is seen to work: a pool that cannot be is offered to the API server as a dry run, and when the webhook is
 * heard to speak of it, `failurePolicy` of the configuration becomes Fail. Looks again and again, since an upgrade puts Ignore back.
 * It never goes the other way.
 */
export function startArming(options: ArmingOptions): Arming {
  const { log, webhookConfiguration, times = usual } = options;
  let isArmed = false;
  let isStopped = false;
  let lastFault: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    const found = await withoutServer(armed(options));
    if ('fault' in found) {
      if (found.fault !== lastFault) log.warn({ webhookConfiguration, fault: found.fault }, 'not failing closed');
    } else if (!isArmed) log.info({ webhookConfiguration, isNew: found.isNew }, 'failing closed');
    lastFault = 'fault' in found ? found.fault : undefined;
    isArmed = !('fault' in found);
  };
  const go = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void look().then(go), (isArmed ? times.poll : times.hurry) * (5 / 6 + Math.random() / 3));
  };
  go();
  return {
    isArmed: () => isArmed,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

type Armed = { readonly isNew: boolean } | { readonly fault: string };

async function armed({ api, webhookConfiguration }: ArmingOptions): Promise<Armed> {
  const path = `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${webhookConfiguration}`;
  const named = `the ValidatingWebhookConfiguration ${webhookConfiguration}`;
  const found = await api.request('GET', path);
  if (found.status === 404) return { fault: `${named} is not there` };
  if (found.status !== 200) return fault(`${named} could not be read`, found);
  const open = digList(found.body, 'webhooks').flatMap((entry, at) => (dig(entry, 'failurePolicy') === 'Fail' ? [] : [at]));
  if (open.length === 0) {
    await disown(api, path, found.body);
    return { isNew: false };
  }
  const silence = await selfTest(api);
  if (silence !== undefined) return { fault: silence };
  const written = await patch(
    api,
    path,
    found.body,
    open.map((at) => ({ op: 'add', path: `/webhooks/${at}/failurePolicy`, value: 'Fail' })),
  );
  if (written.status !== 200) return fault(`${named} could not be changed`, written);
  await disown(api, path, written.body);
  return { isNew: true };
}

/** Undefined where the webhook was heard; else what was heard instead. */
async function selfTest(api: ApiServer): Promise<string | undefined> {
  // Applied and not posted: a role can give the right to create one name only where the name is part of the path.
  const answer = await api.request(
    'PATCH',
    `/apis/karpenter.sh/v1/nodepools/${POOL}?dryRun=All&force=true&fieldManager=${MANAGER}`,
    impossiblePool({ name: POOL }),
    { contentType: 'application/apply-patch+yaml' },
  );
  switch (heard(answer)) {
    case 'denied':
    case 'warned':
      return undefined;
    case 'unchecked':
      return 'the self test was answered, and not looked at';
    case 'silent':
      return answer.status < 300
        ? 'the self test was let through without a word: no pod answers the API server, or the mode is off or audit'
        : `the self test ended with ${answer.status}: ${messageOf(answer.body, answer.status)}`;
  }
}

/** Whoever applies the configuration anew, Helm or kubectl, must not meet a conflict: nobody owns what was set here. */
async function disown(api: ApiServer, path: string, configuration: unknown): Promise<void> {
  const owners = digList(configuration, 'metadata', 'managedFields');
  const at = owners.findIndex((entry) => digText(entry, 'manager') === MANAGER);
  if (at >= 0) await patch(api, path, configuration, [{ op: 'remove', path: `/metadata/managedFields/${at}` }]);
}

/** Changes what was seen, and nothing that somebody else has changed since. */
async function patch(api: ApiServer, path: string, seen: unknown, changes: readonly object[]): Promise<Answer> {
  const isSeen = { op: 'test', path: '/metadata/resourceVersion', value: digText(seen, 'metadata', 'resourceVersion') };
  const options = { contentType: 'application/json-patch+json' };
  return api.request('PATCH', `${path}?fieldManager=${MANAGER}`, [isSeen, ...changes], options);
}

function fault(what: string, { body, status }: Answer): { readonly fault: string } {
  return { fault: `${what}: ${messageOf(body, status)}` };
}

/** That the API server cannot be reached is a fault like others; it passes. */
async function withoutServer(look: Promise<Armed>): Promise<Armed> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof Unreachable) return { fault: `the API server cannot be reached: ${error.message}` };
    throw error;
  }
}
