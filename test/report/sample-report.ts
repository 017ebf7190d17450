import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Report } from '../../src/report/report.ts';
import { lineIndex, type Range } from '../../src/text/lines.ts';
import type { Source } from '../../src/text/place.ts';

/** One report with everything that is awkward to print; the goldens show it in every format. */

const pools: Source = {
  file: 'clusters/a b/pools.yaml',
  text: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec:
  weight: 500
  limits: &few { cpu: "10" }
  disruption:
    budgets:
      - nodes: "0"
        schedule: "0 9 * * 1-5"
      - nodes: "5%"
        reasons:
          - Drifted
          - Empty
          - Underutilized
          - Unhealthy
          - Whatever
  template:
    metadata:
      labels: { team: 機械学習🚀, owner: "a|\`b\`<i>@ops" } # ${'long '.repeat(40)}end
    spec:
\t\t  expireAfter: never\u001b[31m
`,
};

const classes: Source = {
  file: 'classes.yaml',
  text: `kind: EC2NodeClass\r\nmetadata:\r\n  name: gpu\r\nspec:\r\n  amiFamily: AL2\r\n`,
};

const example = {
  bad: '\n    kind: NodePool\n    spec: { weight: 500 }\n  ',
  good: '\n    kind: NodePool\n    spec: { weight: 50 }\n  ',
};
const docs = 'https://karpenter.sh/docs/concepts/nodepools/';
const gpu = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: 'gpu' };
const plain = { related: [], fixes: [], assumptions: [], docs };

const diagnostics: readonly Diagnostic[] = [
  {
    ...plain,
    rule: 'weight-out-of-range',
    code: 'PP107',
    severity: 'error',
    effect: 'rejected',
    check: 'NP-WEIGHT',
    message: 'weight 500 is above 100, the largest that the API server accepts',
    why: 'The object is refused as a whole, and the pool that is in the cluster stays as it was.',
    file: pools.file,
    range: rangeOf(pools, '500'),
    object: gpu,
    path: '/spec/weight',
    fixes: [
      {
        title: 'lower the weight, and raise the limit that it was meant to lift',
        safety: 'safe',
        edits: [
          { file: pools.file, range: rangeOf(pools, '500'), text: '100' },
          { file: pools.file, range: rangeOf(pools, '"10"'), text: '"100"' },
          { file: pools.file, range: rangeOf(pools, 'cpu'), text: 'memory: 1Gi, cpu' },
        ],
      },
    ],
    fingerprint: '00000000000000a1',
  },
  {
    ...plain,
    rule: 'limits-missing',
    code: 'PP501',
    severity: 'warning',
    effect: 'risk',
    message: 'limits come from *few, which holds no more than 10 CPUs',
    why: 'One runaway Deployment may buy nodes until the account is empty; limits are the only brake that Karpenter has. '
      .repeat(2)
      .trim(),
    file: pools.file,
    range: rangeOf(pools, 'limits'),
    object: gpu,
    path: '/spec/limits',
    related: [
      {
        file: pools.file,
        range: rangeOf(pools, '{ cpu: "10" }'),
        object: gpu,
        path: '/spec/limits',
        message: 'the value stands here',
      },
      {
        file: classes.file,
        range: rangeOf(classes, 'AL2'),
        object: { kind: 'EC2NodeClass', name: 'gpu' },
        path: '/spec/amiFamily',
        message: 'the class that its nodes are made of',
      },
      {
        file: 'cluster',
        object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
        path: '/spec',
        message: 'asks for 40 CPUs',
      },
    ],
    evidence: { kind: 'figures', of: { limit: '10', asked: 40 } },
    fixes: [
      {
        title: 'take the budget for drift away',
        safety: 'unsafe',
        edits: [{ file: pools.file, range: linesOf(pools, '      - nodes: "5%"', '  template:'), text: '' }],
      },
    ],
    fingerprint: '00000000000000a2',
    assumptions: ['instance types as of 2026-11-01'],
    clusters: ['prod', 'stage'],
  },
  {
    ...plain,
    rule: 'budget-reasons-unknown',
    code: 'PP410',
    severity: 'error',
    effect: 'inert',
    message: 'the reasons of budget "5%" are not all known',
    why: 'A budget for a reason that Karpenter does not know is never asked.',
    file: pools.file,
    range: rangeOf(pools, '- Drifted\n          - Empty\n          - Underutilized\n          - Unhealthy\n          - Whatever'),
    object: gpu,
    path: '/spec/disruption/budgets/1/reasons',
    evidence: { kind: 'sets', of: { valid: ['Drifted', 'Empty', 'Underutilized', 'Unhealthy'], extra: [] } },
    fingerprint: '00000000000000a3',
  },
  {
    ...plain,
    rule: 'label-unprintable',
    code: 'PP1204',
    severity: 'info',
    effect: 'advice',
    message: 'owner "a|`b`<i>@ops" &amp; [x](1) holds what ]]> no tool\nprints \u001b[31mwell\u0000',
    why: 'Cost reports split 100% of such names: at commas, and at colons.',
    file: pools.file,
    range: rangeOf(pools, '"a|`b`<i>@ops"'),
    object: gpu,
    path: '/spec/template/metadata/labels/owner',
    fingerprint: '00000000000000a4',
  },
  {
    ...plain,
    rule: 'expire-after-never',
    code: 'PP422',
    severity: 'warning',
    effect: 'risk',
    message: 'expireAfter "never\u001b[31m" keeps nodes for ever',
    why: 'Old nodes miss fixes.',
    file: pools.file,
    range: rangeOf(pools, 'never\u001b[31m'),
    object: gpu,
    path: '/spec/template/spec/expireAfter',
    fingerprint: '00000000000000a5',
    suppressed: { by: 'comment', reason: 'a lab | nobody pays', until: '2027-01-31' },
  },
  {
    ...plain,
    rule: 'sched-unschedulable',
    code: 'PP1601',
    severity: 'error',
    effect: 'risk',
    message: 'no pool takes Pod shop/web-0',
    why: 'It stays pending.',
    file: '',
    object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-0' },
    path: '',
    evidence: {
      kind: 'refusals',
      pod: 'shop/web-0',
      refusals: [{ pool: 'gpu', because: 'taints', detail: 'taint nvidia.com/gpu:NoSchedule is not tolerated' }],
    },
    fingerprint: '00000000000000a6',
  },
];

const rules: readonly Rule[] = [
  {
    id: 'weight-out-of-range',
    code: 'PP107',
    on: 'NodePool',
    effect: 'rejected',
    severity: 'error',
    since: '1.0',
    fix: 'safe',
    summary: 'a weight that the API server refuses',
    why: 'The object is refused as a whole.',
    docs,
    ...example,
    check: () => [],
  },
  {
    id: 'limits-missing',
    code: 'PP501',
    on: 'NodePool',
    effect: 'risk',
    severity: 'off',
    needs: ['workloads'],
    summary: 'a pool without limits',
    why: 'Limits are the only brake.',
    docs,
    ...example,
    check: () => [],
  },
];

export const sampleReport: Report = {
  tool: { name: 'poolproof', version: '0.1.0' },
  target: {
    karpenterVersion: '1.15',
    karpenterMinor: '1.15',
    kubernetesVersion: undefined,
    region: 'eu-west-1',
    zones: ['eu-west-1a'],
    profile: 'recommended',
    closedWorld: false,
    externalClasses: [],
    minValuesPolicy: 'Strict',
    preferencePolicy: 'Respect',
  },
  catalogAsOf: '2026-11-01',
  summary: { files: 3, documents: 4, objects: 3, otherObjects: 1, errors: 3, warnings: 1, infos: 1, suppressed: 1 },
  notChecked: [
    {
      file: 'charts/pool.yaml',
      range: rangeOf(classes, 'name'),
      reason: 'template',
      detail: 'Helm or Go template: {{ .Values.x | quote }}',
    },
    { file: 'patch.yaml', reason: 'patch', detail: 'a strategic-merge patch ($patch)' },
  ],
  skipped: [{ need: 'kubernetesVersion', rules: ['helm-chart-kubernetes-incompatible'], supply: '--kubernetes-version VERSION' }],
  diagnostics,
  sources: new Map([pools, classes].map((source) => [source.file, source])),
  rules,
  failOn: 'error',
};

/** What is left of the sample when there is nothing to say. */
export const cleanReport: Report = {
  ...sampleReport,
  summary: { files: 5, documents: 12, objects: 12, otherObjects: 0, errors: 0, warnings: 0, infos: 0, suppressed: 0 },
  notChecked: [],
  skipped: [],
  diagnostics: [],
};

export const emptyReport: Report = {
  ...cleanReport,
  summary: { ...cleanReport.summary, documents: 3, objects: 0, otherObjects: 3 },
};

function rangeOf(source: Source, text: string): Range {
  const start = source.text.indexOf(text);
  if (start === -1) throw new Error(`${JSON.stringify(text)} is not in ${source.file}`);
  return lineIndex(source).range({ start, end: start + text.length });
}

/** From one text to just before another. */
function linesOf(source: Source, from: string, to: string): Range {
  return lineIndex(source).range({ start: source.text.indexOf(from), end: source.text.indexOf(to) });
}
