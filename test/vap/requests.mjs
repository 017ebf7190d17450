// What a policy does with requests: who is let through, what an update may keep, and what findings do in each mode.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf, warningsOf } from '../admission/lab.mjs';
import { enforce, wrong } from './policies.mjs';

const pools = pathOf('NodePool');
const merge = { 'content-type': 'application/merge-patch+json' };
const as = (user, ...groups) => ({ 'impersonate-user': user, 'impersonate-group': ['system:masters', ...groups] });

/** A pool about which the default configuration has nothing grave to say, and one part of it wrong. */
function pool(name, change = {}, annotations = {}) {
  const requirements = [
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
    { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
  ];
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  const spec = { nodeClassRef, requirements, expireAfter: '720h', terminationGracePeriod: '24h', ...change.node };
  const { apiVersion, kind } = wrong.NodePool;
  return {
    apiVersion,
    kind,
    metadata: { name, annotations },
    spec: { disruption: { consolidateAfter: '10m' }, limits: { cpu: '100' }, template: { spec }, ...change.pool },
  };
}

const zeroLife = { node: { expireAfter: '0s' } };
const unlimited = { pool: { limits: {} } };

export async function requests({ lab, check, exporting }) {
  const { call } = lab;
  const dry = (object, more) => call('POST', `${pools}?dryRun=All`, object, more);
  const patch = (name, body, more) => call('PATCH', `${pools}/${name}`, body, { ...merge, ...more });
  const denies = ({ code, body }, rule) => code === 422 && body.message.includes(`poolproof: ${rule}: `);
  const warns = (answer, rule) => answer.code < 300 && warningsOf(answer).some((text) => text.includes(`poolproof: ${rule}: `));
  const isQuiet = (answer) => answer.code < 300 && warningsOf(answer).length === 0;

  await enforce(lab, undefined);
  for (const object of [pool('short-lived', zeroLife), pool('unlimited', unlimited)])
    check((await call('POST', pools, object)).code === 201, 'a pool is stored before there is a policy');

  await enforce(lab, exporting(['--mode', 'enforce', '--failure-policy', 'Fail']));
  check(isQuiet(await dry(pool('sound'))), 'enforce: a sound pool passes without a word');
  check(denies(await dry(pool('new', zeroLife)), 'expire-after-zero'), 'enforce: an error is denied');
  check(
    warns(await dry(pool('new', unlimited)), 'limits-missing'),
    'enforce: what the configuration does not fail on only warns',
  );
  check((await patch('short-lived', { spec: { weight: 5 } })).code === 200, 'ratchet: an update may keep what was wrong before');
  const worse = { spec: { template: { metadata: { labels: { 'karpenter.k8s.aws/instance-tenancy': 'host' } } } } };
  check(denies(await patch('short-lived', worse), 'req-tenancy-value'), 'ratchet: an update may not bring in another error');
  check(
    denies(await patch('unlimited', { spec: { template: { spec: { expireAfter: '0s' } } } }), 'expire-after-zero'),
    'ratchet: a sound field may not become wrong',
  );
  check(
    isQuiet(await patch('unlimited', { metadata: { annotations: { 'karpenter.sh/nodepool-hash': '1' } } })),
    'an annotation on a doubtful pool is not judged',
  );
  const finalizers = { metadata: { finalizers: ['example.com/hold'] } };
  check(isQuiet(await patch('unlimited', finalizers)), 'a finalizer is not judged');
  await call('DELETE', `${pools}/unlimited`);
  check(isQuiet(await patch('unlimited', { spec: { weight: 7 } })), 'a pool that is being deleted is not judged');
  check(
    isQuiet(await patch('unlimited', { metadata: { finalizers: null } })),
    'the finalizer of a doubtful pool can be taken away',
  );
  check(
    isQuiet(await dry(pool('new', zeroLife), as('system:serviceaccount:kube-system:karpenter'))),
    "Karpenter's own writes are not judged",
  );
  check(denies(await dry(pool('new', zeroLife), as('alice')), 'expire-after-zero'), "another user's are");
  const allowed = (text) => dry(pool('new', zeroLife, { 'poolproof.dev/allow': text }));
  check((await allowed('limits-missing, expire-after-zero -- a lab\n')).code === 201, 'an annotation with a reason silences');
  check(denies(await allowed('expire-after-zero'), 'expire-after-zero'), 'an annotation without a reason does not');
  check(
    denies(await allowed('limits-missing -- expire-after-zero is wrong'), 'expire-after-zero'),
    'a reason that names another rule does not',
  );
  await headroom({ lab, check, warns });
  await largest({ lab, check });

  await enforce(lab, exporting(['--mode', 'enforce'], exempting));
  check((await dry(pool('legacy-a', zeroLife))).code === 201, 'exemption: of a name');
  check(denies(await dry(pool('new', zeroLife)), 'expire-after-zero'), 'exemption: not of another name');
  check((await dry(pool('new', zeroLife), as('robot:a'))).code === 201, 'exemption: of a user, of every rule');
  check((await dry(pool('new', zeroLife), as('bob', 'platform'))).code === 201, 'exemption: of a group');
  check(
    denies(await dry(pool('legacy-a', { node: { expireAfter: '720h', taints: twice } })), 'taint-duplicate'),
    'exemption: of one rule is not of another',
  );
  const silenced = { 'poolproof.dev/allow': 'expire-after-zero -- a lab' };
  check(
    denies(await dry(pool('new', zeroLife, silenced)), 'expire-after-zero'),
    'annotationExemptions: false makes annotations count for nothing',
  );
  check(isQuiet(await dry(pool('accepted', unlimited))), 'what `allow` accepts of one object is exempt');
  check(!isQuiet(await dry(pool('new', unlimited))), '… and of no other');

  await enforce(lab, exporting(['--mode', 'warn']));
  check(warns(await dry(pool('new', zeroLife)), 'expire-after-zero'), 'warn: an error only warns');
  check(isQuiet(await patch('short-lived', { spec: { weight: 6 } })), 'warn: an update is not told again of what it keeps');

  await enforce(lab, exporting(['--mode', 'enforce'], { admission: { rules: { 'expire-after-zero': 'audit' } } }));
  const audited = await dry(pool('new', zeroLife));
  check(isQuiet(audited), 'audit: nothing is told');
  const event = readFileSync(join(lab.folder, 'audit.log'), 'utf8')
    .split('\n')
    .find((line) => line.includes(audited.headers['audit-id']));
  check(event?.includes('poolproof: expire-after-zero: ') === true, 'audit: the audit log has it');
  await call('DELETE', `${pools}/short-lived`);
  await enforce(lab, undefined);
}

const twice = [
  { key: 'a', effect: 'NoSchedule' },
  { key: 'a', value: 'b', effect: 'NoSchedule' },
];

const exempting = {
  admission: {
    annotationExemptions: false,
    exemptions: [
      { rules: ['expire-after-zero'], kinds: ['NodePool'], names: ['legacy-*'], reason: 'old' },
      { users: ['robot:*'], groups: ['platform'], reason: 'they know' },
    ],
  },
  allow: [{ rule: 'limits-missing', objects: ['NodePool/accepted'], reason: 'a lab' }],
};

/** What is in use stands in the status, which only an update has before the policies. */
async function headroom({ lab: { call }, check, warns }) {
  await call('POST', pools, pool('full', { pool: { limits: { cpu: '200' } } }));
  await call('PATCH', `${pools}/full/status`, { status: { resources: { cpu: '90' } } }, merge);
  const limit = (cpu) => call('PATCH', `${pools}/full`, { spec: { limits: { cpu } } }, merge);
  check(warns(await limit('100'), 'limits-no-headroom'), 'limits-no-headroom: 90 of 100 cores');
  check(!warns(await limit('300'), 'limits-no-headroom'), 'limits-no-headroom: 90 of 300 cores');
  await call('DELETE', `${pools}/full`);
}

/** The largest pool and class that the API takes: the budget of a policy must last for them, since more than it is an error. */
async function largest({ lab: { call }, check }) {
  const many = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  const values = many(500, (at) => `v${at}`);
  const taints = many(100, (at) => ({ key: `example.com/t${at}`, effect: 'NoSchedule' }));
  const node = {
    requirements: many(100, (at) => ({ key: `example.com/k${at}`, operator: 'In', values })),
    taints,
    startupTaints: taints.map(({ key }) => ({ key: `${key}s`, effect: 'NoSchedule' })),
  };
  const budgets = many(50, (at) => ({ nodes: `${at}%`, reasons: ['Drifted'] }));
  const big = pool('big', { node, pool: { disruption: { consolidateAfter: '10m', budgets } } });
  const tags = Object.fromEntries(many(20, (at) => [`k${at}`, 'v']));
  const terms = many(30, () => ({ tags }));
  const { apiVersion, kind, spec } = wrong.EC2NodeClass;
  const volumes = many(50, (at) => ({ deviceName: `/dev/sd${at}`, ebs: { volumeSize: '20Gi', encrypted: true } }));
  const lists = {
    subnetSelectorTerms: terms,
    securityGroupSelectorTerms: terms,
    amiSelectorTerms: terms,
    blockDeviceMappings: volumes,
  };
  const grand = {
    ...spec,
    ...lists,
    amiFamily: 'Custom',
    userData: 'x'.repeat(200_000),
    tags: Object.fromEntries(many(2000, (at) => [`t${at}`, 'v'])),
  };
  for (const object of [big, { apiVersion, kind, metadata: { name: 'big' }, spec: grand }]) {
    const answer = await call('POST', `${pathOf(object.kind)}?dryRun=All`, object);
    const said = [answer.body.message ?? '', ...warningsOf(answer)].join('\n');
    check(answer.code === 201 || answer.code === 422, `the largest ${object.kind} is judged: ${said.slice(0, 300)}`);
    check(
      !/resulted in error|cost budget/.test(said),
      `the largest ${object.kind} stays within the budget: ${said.slice(0, 300)}`,
    );
  }
}
