import { expect, test } from 'vitest';
import { expand } from '../../src/context/expand.ts';
import { parse } from '../../src/document/parse.ts';
import { declaredPods } from '../../src/prover/declared-pods.ts';
import { lineIndex } from '../../src/text/lines.ts';

const text = `pods:
  - metadata:
      name: batch
      labels: { team: a }
    spec: { containers: [{ resources: { limits: { cpu: 2 } } }] }
  - count: 30
    spec: { containers: [{ resources: { requests: { memory: 4Gi } } }] }
  - metadata: { name: batch, namespace: night }
    spec: {}
`;

test('the pods of a configuration, named, counted and placed', async () => {
  const source = { file: 'poolproof.yaml', text };
  const pods = declaredPods(await parse(source));
  const lines = lineIndex(source);
  const lineOf = (start = 0) => lines.range({ start, end: start }).start.line;
  expect(pods.map(({ name, count, at }) => [name, count, at.file, at.path, lineOf(at.span?.start)])).toEqual([
    ['batch', 1, 'poolproof.yaml', ['pods', 0], 2],
    ['pods[1]', 30, 'poolproof.yaml', ['pods', 1], 6],
    ['batch (pods[2])', 1, 'poolproof.yaml', ['pods', 2], 8],
  ]);
});

test('they go through admission like any pod', async () => {
  const pods = declaredPods(await parse({ file: 'poolproof.yaml', text }));
  const admitted = expand(pods.map(({ manifest }) => manifest));
  expect(admitted.problems).toEqual([]);
  expect(admitted.pods.map(({ metadata: { name, namespace } }) => [namespace, name])).toEqual([
    ['default', 'batch-0'],
    ['default', 'declared-1'],
    ['night', 'batch-2'],
  ]);
  expect(admitted.pods[0]?.metadata.labels).toEqual({ team: 'a' });
  expect(admitted.pods[0]?.spec.containers?.[0]?.resources?.requests).toEqual({ cpu: 2 });
});

test('no configuration declares none', async () => {
  expect(declaredPods([])).toEqual([]);
  expect(declaredPods(await parse({ file: 'poolproof.yaml', text: 'failOn: error\n' }))).toEqual([]);
});
