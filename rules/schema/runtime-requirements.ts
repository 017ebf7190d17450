import { labelKeyFaults, labelValueFaults } from '../../src/algebra/label.ts';
import { normalizedLabel } from '../../src/algebra/normalized-label.ts';
import { labelRestriction } from '../../src/algebra/restricted-label.ts';
import type { Minor } from '../../src/algebra/version.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { NodeSelectorRequirement } from '../../src/model/node-pool.ts';
import { inWords } from './runtime-check.ts';

/** ValidateRequirement looks at these one by one; pools and overlays share it under different ids. */
export function* requirementKeyFindings(requirements: Iterable<NodeSelectorRequirement>): Iterable<Finding> {
  for (const { key } of requirements) {
    const faults = key ? labelKeyFaults(normalizedLabel(key.value)) : [];
    if (key && faults.length > 0) yield { at: key.at, message: `"${key.value}" is no label key: ${inWords(faults)}` };
  }
}

export function* requirementValueFindings(requirements: Iterable<NodeSelectorRequirement>): Iterable<Finding> {
  for (const { key, values } of requirements) {
    for (const value of values ?? []) {
      const faults = labelValueFaults(value.value);
      if (faults.length === 0) continue;
      yield { at: value.at, message: `"${value.value}" for "${key?.value}" is no label value: ${inWords(faults)}` };
    }
  }
}

export function* restrictedKeyFindings(requirements: Iterable<NodeSelectorRequirement>, minor: Minor): Iterable<Finding> {
  for (const { key } of requirements) {
    // `req-ec2nodeclass-key` has more to say about this one.
    if (!key || key.value === 'karpenter.k8s.aws/ec2nodeclass') continue;
    const restriction = labelRestriction(normalizedLabel(key.value), minor);
    if (restriction) yield { at: key.at, message: restrictedMessage(key.value, restriction, minor) };
  }
}

export function restrictedMessage(
  key: string,
  restriction: NonNullable<ReturnType<typeof labelRestriction>>,
  minor: Minor,
): string {
  return restriction.why === 'label'
    ? `"${key}" is different on every node and cannot be required`
    : `"${key}" is in the domain ${restriction.domain}, where Karpenter ${minor} accepts only the labels that it knows`;
}
