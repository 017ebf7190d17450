import type { AdmissionMode } from '../src/config/config.ts';
import { nameMatcher } from '../src/config/glob.ts';
import type { Settings } from '../src/config/settings.ts';
import type { Severity } from '../src/diagnostic/diagnostic.ts';
import type { Exemption } from '../src/lint/exemption.ts';
import { isExpired } from '../src/lint/suppress.ts';
import { type AdmissionRequest, judgedKind } from './admission-request.ts';

/** What the configuration says of admission, ready to be asked. */
export interface AdmissionPolicy {
  readonly mode: AdmissionMode;
  /** The strongest mode of any rule: what counts where it is not known which rule would have spoken. */
  readonly strongest: AdmissionMode;
  modeOf(rule: string): AdmissionMode;
  /** Whether findings of a severity can deny. */
  canDeny(severity: Severity): boolean;
  /** The exemption that holds for a rule's findings in an answer to a request. `today` is a day as `2027-01-31`. */
  exemption(rule: string, request: AdmissionRequest, today: string): Exemption | undefined;
  readonly denyFormat: 'causes' | 'message';
  readonly obeysAnnotations: boolean;
  readonly karpenterUsers: ReadonlySet<string>;
  /** Beyond this age of the snapshot nothing is denied that was found with its help. */
  readonly snapshotMaxAgeSeconds: number;
}

/** In the namespaces that Karpenter's documentation installs it to. */
const karpenterUsers = ['system:serviceaccount:kube-system:karpenter', 'system:serviceaccount:karpenter:karpenter'];

const gravity: readonly Severity[] = ['info', 'warning', 'error'];
const strength: readonly AdmissionMode[] = ['off', 'audit', 'warn', 'enforce'];

export function admissionPolicy({ admission = {}, failOn }: Settings): AdmissionPolicy {
  const { mode = 'warn', rules = {}, exemptions = [] } = admission;
  const modes = new Map(mode === 'off' ? [] : Object.entries(rules));
  const exempt = exemptions.map(matcherOf);
  return {
    mode,
    strongest: [...modes.values()].reduce((a, b) => (strength.indexOf(b) > strength.indexOf(a) ? b : a), mode),
    modeOf: (rule) => modes.get(rule) ?? mode,
    canDeny: (severity) => failOn !== 'never' && gravity.indexOf(severity) >= gravity.indexOf(failOn),
    exemption: (rule, request, today) => exempt.find(({ matches }) => matches(rule, request, today))?.exemption,
    denyFormat: admission.denyFormat ?? 'causes',
    obeysAnnotations: admission.annotationExemptions ?? true,
    karpenterUsers: new Set(admission.karpenterUsers ?? karpenterUsers),
    snapshotMaxAgeSeconds: (admission.snapshotMaxAge ?? 10) * 60,
  };
}

interface Matcher {
  readonly exemption: Exemption;
  matches(rule: string, request: AdmissionRequest, today: string): boolean;
}

function matcherOf(exemption: Exemption): Matcher {
  const { rules = [], kinds = [], names = [], users = [], groups = [], until } = exemption;
  const [isName, isUser, isGroup] = [nameMatcher(names), nameMatcher(users), nameMatcher(groups)];
  const isForEverybody = users.length === 0 && groups.length === 0;
  return {
    exemption,
    matches: (rule, request, today) =>
      !isExpired(until, today) &&
      (rules.length === 0 || rules.includes(rule)) &&
      (kinds.length === 0 || kinds.includes(judgedKind(request))) &&
      (names.length === 0 || isName(request.name)) &&
      (isForEverybody || isUser(request.user) || request.groups.some(isGroup)),
  };
}
