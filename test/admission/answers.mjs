// What is answered: to objects that were wrong before, in which words, to large and odd ones, to subresources and rehearsals.
import { kubectlOf } from './contract.mjs';
import { configurations, nodeClass, pool, wrong } from './hook.mjs';
import { pathOf, until, warningsOf } from './lab.mjs';
import { metric } from './serving.mjs';

const pools = pathOf('NodePool');
const merge = { 'content-type': 'application/merge-patch+json' };

export async function answers(world) {
  for (const part of [alreadyBad, texts, largeReview, oddKeys, subresource, dryRuns])
    await part({ ...world, kubectl: kubectlOf(world.lab) });
}

/** Row 19. */
async function alreadyBad({ lab, check }) {
  const patch = (body) => lab.call('PATCH', `${pools}/doubtful`, body, merge);
  check((await patch({ spec: { weight: 3 } })).code === 200, 'row 19: an object that was wrong before can be changed');
  check((await patch({ metadata: { annotations: { a: 'b' } } })).code === 200, 'row 19: … and annotated');
  check((await lab.call('DELETE', `${pools}/doubtful`)).code === 200, 'row 19: … and deleted');
  check((await patch({ spec: { weight: 4 } })).code === 200, 'row 19: … and changed while it is deleted');
  check((await patch({ metadata: { finalizers: null } })).code === 200, 'row 19: its finalizer can be taken away');
  check((await lab.call('GET', `${pools}/doubtful`)).code === 404, 'row 19: and then it is gone');
  const bare = await lab.call('PATCH', pathOf('EC2NodeClass', 'bare'), { metadata: { annotations: { a: 'b' } } }, merge);
  check(bare.code === 200, 'row 19: a class without spec can be annotated', bare);
}

/** Rows 33 and 34. */
async function texts({ kubectl, check, dry, configure, replica }) {
  const lines = (await kubectl(['create', '--dry-run=server', '-f', '-'], pool('new', wrong))).err;
  check(
    /The NodePool "new" is invalid: .*spec\.template\.spec\.expireAfter: .*poolproof: expire-after-zero: /s.test(lines),
    'row 33: kubectl shows field, rule and name',
    lines,
  );
  await changed(replica, () => configure({ mode: 'enforce', denyFormat: 'message' }));
  const plain = (await kubectl(['create', '--dry-run=server', '-f', '-'], pool('new', wrong))).err;
  check(
    /admission webhook "nodepools\.poolproof\.dev" denied the request: .*poolproof: expire-after-zero: /s.test(plain),
    'row 34: as one message it names the webhook of the kind',
    plain,
  );
  await changed(replica, () => configure({ mode: 'warn' }));
  const said = warningsOf(
    await dry(
      pool('new', {
        node: {
          ...wrong.node,
          taints: [
            { key: 'a', value: 'b', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoSchedule' },
          ],
        },
      }),
    ),
  );
  check(
    said.length >= 2 && said.every((text) => text.startsWith('poolproof: ') && text.length <= 200),
    'row 33: each warning is one short line',
    said,
  );
  const crowded = {
    disruption: { consolidateAfter: '0s', budgets: Array.from({ length: 40 }, (_, at) => ({ nodes: `${at}`, reasons: [] })) },
  };
  const many = warningsOf(await dry(pool('new', crowded)));
  check(
    many.length <= 10 && /and \d+ more/.test(many.at(-1)),
    'row 33: of many findings the answer has ten lines, and says so',
    many,
  );
  await changed(replica, () => configure({ mode: 'enforce' }));
}

/** Rows 29 and 28: what the API server makes of characters that it escapes. */
async function largeReview({ lab, check, replica }) {
  const note = '<'.repeat(2_600_000);
  const answer = await lab.call('POST', `${pools}?dryRun=All`, pool('large', wrong, { annotations: { note } }));
  // Annotations have a limit of their own, which the API server names before it asks anybody.
  check(answer.code === 422, "row 29: a text of 2.6 MB in an annotation is the API server's to refuse");
  const userData = '<'.repeat(2_600_000);
  const large = await lab.call(
    'POST',
    `${pathOf('EC2NodeClass')}?dryRun=All`,
    nodeClass('large', { userData, role: 'arn:aws:iam::1:role/x' }),
  );
  check(
    large.code === 422 && /role-is-arn/.test(large.body.message),
    'row 29: a review of 15 MB is judged',
    large.body.message?.slice(0, 200),
  );
  check((await metric(replica, 'poolproof_body_bytes_sum')) > 15_000_000, 'row 29: … and was that large');
}

/** Row 30. */
async function oddKeys({ check, lab }) {
  const tags = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
  const answer = await lab.call(
    'POST',
    `${pathOf('EC2NodeClass')}?dryRun=All`,
    nodeClass('odd', { tags, role: 'arn:aws:iam::1:role/x' }),
  );
  check(answer.code === 422 && /role-is-arn/.test(answer.body.message), 'row 30: a tag __proto__ is a tag', answer.body.message);
}

/** Row 31. */
async function subresource({ check, lab, kubectl, replica, configure }) {
  await lab.call('POST', pools, pool('static', { replicas: 20, limits: { nodes: '100' } }));
  await until(async () => {
    const { code } = await lab.call('PATCH', `${pools}/static?dryRun=All`, { spec: { replicas: 19 } }, merge);
    return code === 200;
  }, 'the static pool');
  await changed(replica, () => configure({ mode: 'warn' }));
  await until(
    async () =>
      /budget-percent-of-few/.test((await kubectl(['scale', 'nodepool', 'static', '--replicas', '3', '--dry-run=server'])).err),
    'row 31',
  ).catch(() => undefined);
  const said = (await kubectl(['scale', 'nodepool', 'static', '--replicas', '3', '--dry-run=server'])).err;
  check(/poolproof: budget-percent-of-few/.test(said), 'row 31: kubectl scale is judged', said);
  await changed(replica, () => configure({ mode: 'enforce' }));
}

/** Row 37. */
async function dryRuns({ lab, check }) {
  const { body } = await lab.call('GET', `${configurations}/poolproof`);
  check(
    body.webhooks.every(({ sideEffects }) => sideEffects === 'None'),
    'row 37: no entry has side effects',
  );
  check((await lab.call('POST', `${pools}?dryRun=All`, pool('sound'))).code === 201, 'row 37: a rehearsal passes');
  check((await lab.call('GET', `${pools}/sound`)).code === 404, 'row 37: … and leaves nothing');
}

/** Changes the configuration and waits until the replica has taken it up. */
async function changed(replica, change) {
  const count = () => metric(replica, 'poolproof_config_reload_total', 'result="success"');
  const before = await count();
  change();
  await until(async () => (await count()) > before, 'the new configuration');
}
