// What the webhook's judgement of one object costs, without its server: the judgement as `serve` makes it, over a snapshot that stays.
import { pathToFileURL } from 'node:url';
import { bundled } from '../test/admission/bundled.mjs';
import { deployment, nodeClass, nodePool } from './inputs.mjs';

const NOW = Date.UTC(2026, 10, 24);
const OBJECTS = { pools: 100, classes: 50, workloads: 350 };

/** Microseconds of CPU of the schema check of one pool, and of its whole judgement: medians, each time of another pool. */
export async function admission(times) {
  const webhook = await import(pathToFileURL(await bundled('bench/engine-admission.entry.ts', 'engine-admission.mjs')).href);
  const { documentFrom, engineFrom, judgement, judgeWith, loadSchemas, parse, rules, settingsFrom, toPlain } = webhook;
  const plain = async (text) => toPlain((await parse({ file: 'a.yaml', text }))[0].root);
  const listed = async (count, text) => Promise.all(Array.from({ length: count }, (_, index) => plain(text(index))));
  const objects = [
    ...(await listed(OBJECTS.pools, (index) => nodePool(index, index % OBJECTS.classes))),
    ...(await listed(OBJECTS.classes, nodeClass)),
    ...(await listed(OBJECTS.workloads, deployment)),
  ];
  const documents = objects.map(documentFrom);
  const around = { objects, documents, hasWorkloads: true, version: 1, ageSeconds: 0 };
  const engine = await engineFrom(
    {
      settings: settingsFrom({ flags: {}, environment: {}, file: {} }),
      catalogFile: undefined,
      awsAnswers: [],
      accepted: [],
      declaredPods: [],
    },
    rules,
  );
  const judge = judgement(engine, engine.quick);
  const check = judgeWith(await loadSchemas('1.15', ['NodePool']));
  const checked = [];
  const admitted = [];
  for (let round = -100; round < times; round++) {
    const index = 1000 + round;
    const object = await plain(nodePool(index, index % OBJECTS.classes));
    const start = sum(process.cpuUsage());
    check(documentFrom(object).objects[0], undefined);
    const middle = sum(process.cpuUsage());
    judge({ object, oldObject: null }, around, NOW, false);
    const end = sum(process.cpuUsage());
    if (round < 0) continue;
    checked.push(middle - start);
    admitted.push(end - middle);
  }
  return { checked: median(checked), admitted: median(admitted) };
}

function sum({ user, system }) {
  return user + system;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
