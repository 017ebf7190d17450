import type { Safety } from '../../src/diagnostic/diagnostic.ts';
import type { Path } from '../../src/text/place.ts';

export interface ValueSlip {
  readonly instead: string;
  readonly safety: Safety;
}

const fields = ['expireAfter', 'consolidateAfter', 'terminationGracePeriod', 'duration'];

/** What the author of a refused text meant: days, weeks and bare seconds in hours and seconds, a group with its version cut off. */
export function slipAt(path: Path, written: string): ValueSlip | undefined {
  const field = path.at(-1);
  if (field === 'group') return group(written);
  if (typeof field !== 'string' || !fields.includes(field)) return undefined;
  const compact = written.replaceAll(/\s/g, '').toLowerCase();
  if (compact !== written && (field === 'duration' ? /^(?:\d+[hm])+$/ : /^(?:\d+[smh])+$/).test(compact))
    return { instead: compact, safety: 'safe' };
  const days = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?$/i.exec(compact);
  if (days && written.trim() !== '') {
    const [, weeks = '0', ofDays = '0', hours = '0'] = days;
    return { instead: `${(Number(weeks) * 7 + Number(ofDays)) * 24 + Number(hours)}h`, safety: 'safe' };
  }
  if (/^never$/i.test(written) && field !== 'terminationGracePeriod' && field !== 'duration')
    return { instead: 'Never', safety: 'safe' };
  const seconds = /^\d+$/.exec(written.trim());
  // A bare number once meant seconds; nobody can be sure that it still does.
  return seconds && field !== 'duration' ? { instead: `${Number(seconds[0])}s`, safety: 'unsafe' } : undefined;
}

/** `karpenter.k8s.aws/v1`: people copy an apiVersion. */
function group(written: string): ValueSlip | undefined {
  const [name = '', version] = written.split('/');
  return version !== undefined && name !== '' ? { instead: name, safety: 'safe' } : undefined;
}
