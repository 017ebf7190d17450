import { labelKeyFaults } from '../../src/algebra/label.ts';
import { normalizedLabels } from '../../src/algebra/normalized-label.ts';
import { compareQuantities, zero } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { labelRestriction } from '../../src/algebra/restricted-label.ts';
import type { Minor } from '../../src/algebra/version.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { NodePool, Taint } from '../../src/model/node-pool.ts';
import { inWords, type RuntimeCheck } from './runtime-check.ts';
import { durationFindings } from './runtime-durations.ts';
import {
  requirementKeyFindings,
  requirementValueFindings,
  restrictedKeyFindings,
  restrictedMessage,
} from './runtime-requirements.ts';

/**
 * NodePool.RuntimeValidate and what else one pool shows. The conditions RT-NP-02, 03, 08, 09 and 10 are in the CRD of every minor
 * too, so the API server is always first; those of one label or of schedules have rules of their own.
 */
export const nodePoolChecks: readonly RuntimeCheck<NodePool>[] = [
  { id: 'RT-NP-01', check: labelKeys },
  { id: 'RT-NP-04', check: restrictedLabels },
  { id: 'RT-LB-03', until: '1.8', check: legacyLabels },
  { id: 'RT-NP-05', check: ({ template }) => requirementKeyFindings(template.requirements ?? []) },
  { id: 'RT-NP-06', check: ({ template }) => requirementValueFindings(template.requirements ?? []) },
  { id: 'RT-NP-07', check: ({ template }, minor) => restrictedKeyFindings(template.requirements ?? [], minor) },
  { id: 'RT-NP-14', check: taintKeys },
  { id: 'RT-NP-15', check: taintValues },
  { id: 'RT-NP-31', check: durations },
  { id: 'RT-NP-33', severity: 'warning', check: limitsOfNothing },
  { id: 'RT-NP-40', check: belowZero },
  { id: 'RT-API-04', check: longName },
];

function* labelKeys({ template }: NodePool): Iterable<Finding> {
  for (const { key } of template.labels ?? []) {
    const faults = labelKeyFaults(key.value);
    if (faults.length > 0) yield { at: key.at, message: `"${key.value}" is no label key: ${inWords(faults)}` };
  }
}

function* restrictedLabels({ template }: NodePool, minor: Minor): Iterable<Finding> {
  for (const { key } of template.labels ?? []) {
    // `req-ec2nodeclass-key` has more to say about this one.
    if (key.value === 'karpenter.k8s.aws/ec2nodeclass' || normalizedLabels.has(key.value)) continue;
    const restriction = labelRestriction(key.value, minor);
    if (restriction) yield { at: key.at, message: restrictedMessage(key.value, restriction, minor) };
  }
}

/** In requirements they are translated, as labels they are not. */
function* legacyLabels({ template }: NodePool, minor: Minor): Iterable<Finding> {
  for (const { key, value } of template.labels ?? []) {
    const instead = normalizedLabels.get(key.value);
    if (instead === undefined || !labelRestriction(key.value, minor)) continue;
    yield {
      at: key.at,
      message: `"${key.value}" as a label is refused until Karpenter 1.9: write "${instead}"`,
      fixes: [{ title: `rename it "${instead}"`, safety: 'drifts', ops: [{ op: 'rename', at: value.at, key: instead }] }],
    };
  }
}

function taintsOf({ template }: NodePool): readonly Taint[] {
  return [...(template.taints ?? []), ...(template.startupTaints ?? [])];
}

function* taintKeys(pool: NodePool): Iterable<Finding> {
  for (const { key } of taintsOf(pool)) {
    const faults = key ? labelKeyFaults(key.value) : [];
    if (key && faults.length > 0) yield { at: key.at, message: `"${key.value}" is no taint key: ${inWords(faults)}` };
  }
}

/** A value has to have the form of a key, slash included. */
function* taintValues(pool: NodePool): Iterable<Finding> {
  for (const { value } of taintsOf(pool)) {
    const faults = value && value.value !== '' ? labelKeyFaults(value.value) : [];
    if (value && faults.length > 0) yield { at: value.at, message: `"${value.value}" is no taint value: ${inWords(faults)}` };
  }
}

function durations({ disruption, template }: NodePool): Iterable<Finding> {
  const budgets = disruption?.budgets?.items ?? [];
  return durationFindings('NodePools', [
    disruption?.consolidateAfter,
    template.expireAfter,
    template.terminationGracePeriod,
    ...budgets.map(({ duration }) => duration),
  ]);
}

function* limitsOfNothing({ limits }: NodePool): Iterable<Finding> {
  for (const { key, value } of limits ?? []) {
    const amount = parseQuantity(String(value.value));
    if (isQuantityFault(amount) || compareQuantities(amount, zero) > 0) continue;
    yield { at: value.at, message: `a limit of ${value.value} on ${key.value} keeps the pool from launching any node` };
  }
}

function* belowZero({ template }: NodePool): Iterable<Finding> {
  for (const { key, operator, values } of template.requirements ?? []) {
    const [value] = values ?? [];
    if (operator?.value !== 'Lt' || !value || !/^[+-]?0+$/.test(value.value)) continue;
    yield {
      at: value.at,
      message: `no instance type has "${key?.value}" below 0, so the pool can launch nothing; a type without the label does not count as 0`,
    };
  }
}

/** Karpenter labels every NodeClaim with the name of its pool. */
function* longName({ name }: NodePool): Iterable<Finding> {
  if (!name || name.value.length <= 63) return;
  yield {
    at: name.at,
    message: `the name has ${name.value.length} characters; it becomes the value of the label karpenter.sh/nodepool, which holds 63`,
  };
}
