// The exported admission policies in a real API server against the engine: the same rules of every object. Asks about the objects
// of all cases and about crossings of them, with the CRDs of two Karpenter minors, under two configurations; then about what only
// requests have: users, updates, modes.
//   node test/vap/run.mjs [--seed N] [--crossings N] [--record]      --record writes recorded.json and golden.yaml anew
// Needs Go, Node and kubectl. Last line: N passed, N failed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled, root } from '../admission/bundled.mjs';
import { parallel, pathOf, withLab } from '../admission/lab.mjs';
import { configurations } from './configurations.mjs';
import { corpus, crossings, generator } from './corpus.mjs';
import { brokenRules, enforce, terse } from './policies.mjs';
import { record } from './recording.mjs';
import { requests } from './requests.mjs';
import { compareScales, scaleRequests } from './scale.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    crossings: { type: 'string', default: '1500' },
    record: { type: 'boolean' },
  },
});
const work = mkdtempSync(join(tmpdir(), 'poolproof-vap-'));
let passed = 0;
let failed = 0;

try {
  const program = await bundled('src/cli/main.ts', 'vap-cli.cjs');
  const { engine, everyCondition, examples } = await import(await bundled('test/vap/engine.ts', 'vap-engine.cjs'));
  const objects = corpus(examples);
  const all = [...objects, ...crossings(objects, Number(values.crossings), generator(Number(values.seed)))];
  const exporting = (flags, config) => exported(program, flags, config);
  await withLab('vap', async (lab) => {
    const verdicts = [];
    for (const minor of ['1.14', '1.15']) {
      lab.installCrds(minor);
      for (const [name, config] of configurations(everyCondition, minor)) {
        await enforce(lab, terse(exporting(['--mode', 'warn', '--failure-policy', 'Fail'], config)));
        const judge = await engine(JSON.stringify(config));
        verdicts.push({ minor, name, of: await compare(`${minor} ${name}`, lab, judge, all) });
        await compareScales({ lab, check, judge, what: `${minor} ${name}`, seed: Number(values.seed) });
      }
    }
    const broken = new Set(verdicts.flatMap(({ of }) => of).flatMap(({ rules }) => rules));
    // Only an update has a status before the policies; `requests` asks about that one.
    for (const rule of Object.keys(everyCondition).filter((id) => id !== 'limits-no-headroom'))
      check(broken.has(rule), `no object breaks ${rule}`);
    await requests({ lab, check, exporting });
    await scaleRequests({ lab, check, exporting });
    if (values.record)
      record(verdicts, objects.length, exporting(['--format', 'yaml'], configurations(everyCondition, '1.15')[0][1]));
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function check(isSo, what) {
  if (isSo) passed++;
  else {
    failed++;
    console.log(`FAILED ${what}`);
  }
}

function exported(program, flags, config = {}) {
  const file = join(work, 'poolproof.json');
  writeFileSync(file, JSON.stringify(config));
  const args = [program, 'export', 'vap', '--format', 'json', '--config', file, ...flags];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
}

/** Creates each object without keeping it, and judges what the server would have kept. */
async function compare(what, lab, judge, objects) {
  const answers = await parallel(8, objects, (object) =>
    lab.call('POST', `${pathOf(object.kind)}?dryRun=All&fieldValidation=Ignore`, object),
  );
  const verdicts = [];
  for (const [at, answer] of answers.entries()) {
    if (answer.code !== 201) continue;
    const said = brokenRules(answer);
    const rules = [...new Set(judge(answer.body).map(({ rule }) => rule))].sort();
    const differs = said.join() !== rules.join();
    check(!differs, `${what}: the policies say [${said}], the engine [${rules}]: ${JSON.stringify(objects[at])}`);
    verdicts.push({ at, object: answer.body, rules: said });
  }
  console.log(`${what}: ${verdicts.length} of ${objects.length} objects are taken`);
  return verdicts;
}
