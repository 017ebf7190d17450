// Everything that the chart renders, before a real API server: its schemas, its strict decoding, its admission.
import { join } from 'node:path';
import { check, checkRun } from './checks.mjs';
import { must } from './lab.mjs';
import { namespace, run } from './render.mjs';
import { writeSchemas } from './schemas.mjs';
import { kubeconform } from './tools.mjs';

export function checkInCluster({ kubectl }, matrix, work) {
  const location = writeSchemas(
    kubectl,
    matrix.flatMap(({ objects }) => objects),
    join(work, 'schemas'),
  );
  const conform = (text) => run(kubeconform(), ['-strict', '-schema-location', location, '-'], { input: text });
  for (const { name, text } of matrix) checkRun(`${name}: kubeconform`, conform(text), 0, /^$/);
  const { text } = matrix.find(({ name }) => name === 'default');
  checkRun(
    'kubeconform sees a field that there is not',
    conform(text.replace('replicas:', 'replica:')),
    1,
    /additional properties 'replica'/,
  );
  for (const one of matrix) accepted(kubectl, one);
  const unknown = kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], text.replace('replicas:', 'replica:'));
  checkRun('the API server sees a field that there is not', unknown, 1, /replica/);
}

/** As a dry run: the API server decodes strictly, checks pods against the restricted standard, and compiles the conditions. */
function accepted(kubectl, { name, text, objects }) {
  // A pod needs its account to be there, dry run or not.
  const accounts = objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map((object) => JSON.stringify(object))
    .join('\n');
  must(kubectl(['apply', '--server-side', '-f', '-'], accounts));
  const { status, stdout, stderr } = kubectl(
    ['apply', '--server-side', '--dry-run=server', '--namespace', namespace, '-f', '-'],
    text,
  );
  must(kubectl(['delete', '-f', '-'], accounts));
  const count = stdout.split('\n').filter((line) => line.endsWith('(server dry run)')).length;
  const warnings = stderr.split('\n').filter((line) => line.startsWith('Warning: '));
  const expected =
    name === 'host-network'
      ? /^Warning: would violate PodSecurity "restricted:latest": host namespaces \(hostNetwork=true\)/
      : /^$/;
  check(
    `${name}: the API server takes all of it`,
    status === 0 && count === objects.length,
    `${count} of ${objects.length}\n${stderr}`,
  );
  check(`${name}: and warns of nothing`, expected.test(warnings.join('\n')), warnings.join('\n'));
}
