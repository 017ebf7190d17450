import { dig, digList, digText } from '../../../webhook/cluster/dig.ts';
import { type Check, ok, wrong } from './check.ts';

/** What becomes of a change while no pod answers, and whether that is what is wanted. `deployment` is undefined where it cannot be seen. */
export function checkFailingClosed(entries: readonly unknown[], deployment: unknown): Check {
  const id = 'failing-closed';
  const open = entries.filter((entry) => dig(entry, 'failurePolicy') === 'Ignore').map((entry) => digText(entry, 'name') ?? '');
  const passes = `while no pod answers, changes pass unjudged${open.length < entries.length ? ` at ${open.join(', ')}` : ''}`;
  const says = open.length === 0 ? 'while no pod answers, changes are refused' : passes;
  if (!isToArm(deployment)) return ok(id, says);
  if (open.length === 0) return ok(id, `armed after a self test: ${says}`);
  return wrong(
    id,
    `not armed, although armFailClosed is set: ${says}`,
    'it takes a minute after an upgrade; then look for "not failing closed" in the logs of the pods: in mode off or audit they never arm',
  );
}

function isToArm(deployment: unknown): boolean {
  const containers = digList(deployment, 'spec', 'template', 'spec', 'containers');
  return containers.some((container) => digList(container, 'args').includes('--arm-fail-closed'));
}
