// The chart as its own tools see it: helm lint, the unit tests, yamllint, kube-score.
import { join } from 'node:path';
import { check, checkRun, counted } from './checks.mjs';
import { chart, root, run } from './render.mjs';
import { helm, helmUnittest, kubeScore, yamllint } from './tools.mjs';

/** What kube-score holds against pods, and why it may. */
const meant = [
  'ImagePullPolicy is not set to Always', // the tag is a version, or the digest counts
  'CPU limit is not set', // it would only make answers late
  'Ephemeral Storage limit is not set', // the file system is read-only
  'Ephemeral Storage request is not set',
  'The pod does not have a matching NetworkPolicy', // a value; looked at with it set
];

const yamlRules = `extends: default
rules:
  line-length: { max: 200 }
  document-start: disable
  indentation: { indent-sequences: whatever }
  comments-indentation: disable
  braces: { max-spaces-inside: 1 }
  truthy: { check-keys: false }
`;

export function checkStatic(matrix, work) {
  const kinds = ['--kube-version', '1.30.0', '--strict'];
  checkRun('helm lint', run(helm(), ['lint', ...kinds, chart]), 0);
  checkRun(
    'helm lint sees a value of the wrong shape',
    run(helm(), ['lint', ...kinds, '--set', 'replicaCount=x', chart]),
    1,
    /replicaCount/,
  );
  checkRun('an older Kubernetes is refused', run(helm(), ['template', 'x', chart, '--kube-version', '1.29.0']), 1, />=1\.30\.0/);
  checkRun('helm package', run(helm(), ['package', chart, '--destination', work]), 0);
  const packed = run('sh', ['-c', `tar -tzf ${join(work, 'poolproof-*.tgz')}`]).stdout.split('\n');
  check('the package has what it needs, and no tests', isPackage(packed), packed.join('\n'));
  unitTests();
  const written = ['values.yaml', 'Chart.yaml', 'ci', 'tests', 'files/alerts.yaml', 'files/renamed.yaml'].map((name) =>
    join(chart, name),
  );
  checkRun('yamllint', run(yamllint(), ['--strict', '-d', yamlRules, ...written, join(root, 'charts/manifests')]), 0, /^$/);
  checkRun(
    'yamllint sees a key twice',
    run(yamllint(), ['--strict', '-d', yamlRules, '-'], { input: 'a: 1\na: 2\n' }),
    1,
    /duplication/,
  );
  for (const one of matrix) score(one);
}

function isPackage(files) {
  const needed = ['values.schema.json', 'README.md', 'files/access.yaml', 'templates/tests/test.yaml'];
  return (
    needed.every((name) => files.includes(`poolproof/${name}`)) && !files.some((name) => /^poolproof\/(tests|ci)\//.test(name))
  );
}

function unitTests() {
  const { status, stdout, stderr } = run(helmUnittest(), ['--strict', chart]);
  const [, counts = ''] = /^Tests:\s+(.*)$/m.exec(stdout) ?? [];
  const of = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(counts)?.[1] ?? 0);
  console.log(`helm-unittest: ${counts || stderr}`);
  if (status !== 0) console.log(stdout);
  counted(of('passed'), of('failed') + of('errored'));
  check('helm-unittest ends well, and has tests', status === 0 && of('passed') > 100);
}

function score({ name, text }) {
  const { stdout } = run(kubeScore(), ['score', '--output-format', 'ci', '-'], { input: text });
  const held = stdout.split('\n').filter((line) => /^\[(CRITICAL|WARNING)\]/.test(line));
  const others = held.filter((line) => !meant.some((text) => line.endsWith(text)) && !exempt(name, line));
  check(`${name}: kube-score`, held.length > 0 && others.length === 0, others.join('\n'));
}

/** What a file of the matrix asks for, and the pod of `helm test`, which lives for a second. */
function exempt(name, line) {
  if (line.includes(' v1/Pod: ')) return true;
  if (name === 'bare') return /(update strategy|few replicas)$/.test(line);
  return false;
}
