import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Located } from '../../src/text/place.ts';

export const amiAliasMalformed: Rule<'EC2NodeClass'> = {
  id: 'ami-alias-malformed',
  code: 'PP702',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'error' },
  fix: 'safe',
  summary: 'an AMI alias that the API accepts and the controller cannot read',
  why: 'A second "@" ends the controller process, so one node class takes Karpenter down for the whole cluster. A version that is not published leaves the class without AMIs and its pools without nodes.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@20250807 }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
  `,
  cel: `
    variables.amiSelectorTerms.all(
      t,
      !has(t.alias)
        || (
          t.alias.matches(r'^[^@]*(@[^@]*)?$')
            && (!t.alias.matches(r'(?s)^al2(023)?@.') || t.alias.matches(r'^al2(023)?@(latest|v[0-9]{8})$'))
            && (
              !t.alias.matches(r'(?s)^bottlerocket@.')
                || t.alias.matches(r'^bottlerocket@(latest|v?[0-9]+\\.[0-9]+\\.[0-9]+)$')
            )
        )
    )
  `,

  *check({ amiSelectorTerms }) {
    for (const { alias } of amiSelectorTerms ?? []) {
      const fault = alias && faultOf(alias.value);
      if (fault) yield { at: alias.at, message: `alias "${alias.value}" ${fault.message}`, fixes: fixesOf(alias, fault.instead) };
    }
  },
};

interface Fault {
  readonly message: string;
  readonly instead?: string;
}

/** Families whose images carry a date, and one whose images carry a version; the Windows ones know `latest` only. */
const dated = /^v\d{8}$/;
const released = /^v?\d+\.\d+\.\d+$/;

function faultOf(alias: string): Fault | undefined {
  const [family = '', version, ...more] = alias.split('@');
  if (more.length > 0) return { message: 'has a second "@": the controller ends when it reads it' };
  // Without "@" or with an unknown family the API refuses the object, which is not this rule's to say.
  if (version === undefined || version === '' || version === 'latest') return undefined;
  switch (family) {
    case 'al2':
    case 'al2023':
      return dated.test(version) ? undefined : datedFault(family, version);
    case 'bottlerocket':
      return released.test(version) ? undefined : { message: 'needs a release such as v1.20.3, or latest' };
    default:
      return undefined;
  }
}

function datedFault(family: string, version: string): Fault {
  const digits = /^\s*[vV]?(\d{4})-?(\d{2})-?(\d{2})\s*$/.exec(version);
  const message = 'needs the release date as vYYYYMMDD, or latest';
  return digits ? { message, instead: `${family}@v${digits[1]}${digits[2]}${digits[3]}` } : { message };
}

function fixesOf(alias: Located<string>, instead: string | undefined): readonly Fix[] {
  if (instead === undefined) return [];
  return [{ title: `write "${instead}"`, safety: 'safe', ops: [{ op: 'set', at: alias.at, value: instead }] }];
}
