// Puts exported policies in force, and reads from an answer which of their rules an object breaks.
import { execFileSync } from 'node:child_process';
import { pathOf, until, warningsOf } from '../admission/lab.mjs';
import { policiesInForce } from '../lab/in-force.mjs';

const types = 'validatingadmissionpolicies,validatingadmissionpolicybindings';

/** Puts policies in the place of others and comes back when they are in force. */
export async function enforce(lab, list) {
  const kubectl = (args, input) =>
    execFileSync('kubectl', args, { input, encoding: 'utf8', env: { ...process.env, KUBECONFIG: lab.kubeconfig } });
  kubectl(['delete', types, '-l', 'app.kubernetes.io/name=poolproof', '--ignore-not-found', '--wait=false']);
  await policiesInForce(lab);
  const isJudged = async (kind) => {
    const answer = await lab.call('POST', `${pathOf(kind)}?dryRun=All`, wrong[kind]);
    if (answer.code !== 201 && answer.code !== 422) throw new Error(`${kind}: ${answer.code} ${answer.body.message}`);
    return answer.code === 422 || warningsOf(answer).length > 0;
  };
  for (const kind of Object.keys(wrong)) await until(async () => !(await isJudged(kind)), `a policy for ${kind} is gone`);
  if (list === undefined) return;
  kubectl(['apply', '--server-side', '-f', '-'], list);
  // That one policy answers says nothing of the others.
  await policiesInForce(lab);
  for (const kind of Object.keys(wrong)) await until(() => isJudged(kind), `a policy for ${kind} is in force`);
}

/** The server shares 4,096 characters among all warnings of an answer, so names and messages are cut to what tells the rules apart. */
export function terse(list) {
  const parsed = JSON.parse(list);
  for (const [index, { metadata, spec, kind }] of parsed.items.entries()) {
    metadata.name = `p${Math.floor(index / 2)}`;
    if (kind === 'ValidatingAdmissionPolicyBinding') spec.policyName = metadata.name;
    for (const validation of spec.validations ?? []) validation.message = ruleIn(validation.message);
  }
  return JSON.stringify(parsed);
}

const ruleIn = (message) => /^poolproof: ([a-z0-9-]+):/.exec(message)[1];

/** Rule ids from the warnings of terse policies; a condition that could not be evaluated is told as it stands. */
export function brokenRules(answer) {
  return [...new Set(warningsOf(answer).map((text) => / with binding '[^']*': (.*)$/.exec(text)?.[1] ?? text))].sort();
}

/** An object of each kind that every export has something to say about. */
const retired = { 'karpenter.sh/do-not-evict': 'true' };
const metadata = { name: 'wrong', annotations: retired };
export const wrong = {
  NodePool: {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata,
    spec: {
      disruption: { consolidateAfter: '0s' },
      template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'a' }, requirements: [] } },
    },
  },
  EC2NodeClass: {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata,
    spec: {
      role: 'node',
      amiSelectorTerms: [{ alias: 'al2023@latest' }],
      subnetSelectorTerms: [{ id: 'subnet-0a1b2c3d' }],
      securityGroupSelectorTerms: [{ id: 'sg-0a1b2c3d' }],
    },
  },
  NodeOverlay: { apiVersion: 'karpenter.sh/v1alpha1', kind: 'NodeOverlay', metadata, spec: { requirements: [] } },
};
