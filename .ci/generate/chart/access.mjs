// The rules of the chart's roles, as the code that reads the cluster states them.
import { stringify } from 'yaml';

const heading = '# generated from webhook/cluster/access.ts by .ci/generate/chart.mjs, do not edit\n';

export function accessRules({ snapshotAccess, scanAccess }) {
  const rules = {
    snapshot: { karpenter: snapshotAccess('karpenter'), workloads: snapshotAccess('workloads') },
    scan: { withReports: scanAccess(true), withoutReports: scanAccess(false) },
  };
  return heading + stringify(rules, { aliasDuplicateObjects: false });
}
