import type { Exemption } from '../lint/exemption.ts';
import type { Key, Shape } from '../lint/shape.ts';
import type { AdmissionSettings } from './config.ts';
import { date, text } from './text-shapes.ts';

type Keys<T> = { readonly [N in keyof Required<T>]: Key };

const mode: Shape = { kind: 'word', of: ['off', 'audit', 'warn', 'enforce'] };

/** What `poolproof serve` does with what it finds. */
export function admissionKey(ruleIds: readonly string[]): Key {
  const rules = ruleIds.map((id) => [id, { shape: mode, says: `What a finding of ${id} does at admission.` }] as const);
  const keys: Keys<AdmissionSettings> = {
    mode: {
      shape: mode,
      says: 'What findings do: nothing, be noted for the audit log, warn, or deny. Off is off for every rule.',
    },
    rules: {
      shape: { kind: 'record', means: 'modes by rule', keys: Object.fromEntries(rules), keysAre: 'rule' },
      says: 'Modes of single rules, instead of the mode of all.',
    },
    denyFormat: {
      shape: { kind: 'word', of: ['causes', 'message'] },
      says: 'Whether a denial names field by field what is wrong, as the API server does, or says it as one message.',
    },
    annotationExemptions: {
      shape: { kind: 'flag' },
      says: 'Whether the annotation poolproof.dev/allow of an object counts at admission.',
    },
    exemptions: { shape: list(exemption(ruleIds)), says: 'Objects and users for whom findings count for nothing, and why.' },
    karpenterUsers: {
      shape: list(text('a user name')),
      says: "Users whose writes are never judged because they are Karpenter's own, instead of its service accounts in kube-system and karpenter.",
    },
    snapshotMaxAge: {
      shape: { kind: 'number', isWhole: true, least: 1 },
      says: 'Minutes after which what is known of the rest of the cluster is too old to deny anything by; 10 if absent.',
    },
  };
  return { shape: { kind: 'record', means: 'admission settings', keys }, says: 'How `poolproof serve` answers the API server.' };
}

function exemption(ruleIds: readonly string[]): Shape {
  const keys: Keys<Exemption> = {
    rules: { shape: list({ kind: 'word', of: ruleIds, are: 'rule' }), says: 'Rules it holds for; all if absent.' },
    kinds: { shape: list(text('a kind such as NodePool')), says: 'Kinds it holds for; all if absent.' },
    names: { shape: list(text('a glob such as legacy-*')), says: 'Names it holds for; all if absent.' },
    users: {
      shape: list(text('a user name or a glob')),
      says: 'Users it holds for, beside the groups; everybody if both are absent.',
    },
    groups: { shape: list(text('a group or a glob')), says: 'Groups it holds for, beside the users.' },
    reason: { shape: text('a reason'), says: 'Why.', isRequired: true },
    until: { shape: date, says: 'The last day on which it holds.' },
  };
  return { kind: 'record', means: 'an exemption', keys, oneOf: ['rules', 'kinds', 'names', 'users', 'groups'] };
}

function list(item: Shape): Shape {
  return { kind: 'list', item };
}
