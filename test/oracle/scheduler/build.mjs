// Builds the oracle: Karpenter's own scheduler behind our scenario format. `node build.mjs [version …]`, default 1.14 and 1.15; needs Go.
//
// Per version two programs: `oracle-<version>` is Karpenter unchanged; `oracle-canonical-<version>` is built against a copy in which
// only iteration order differs: where Karpenter ranges over a map and the order shows, the copy goes through the keys in byte order.
// So every scenario has exactly one outcome, and it is one that the unchanged program can reach.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const karpenter = 'sigs.k8s.io/karpenter';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'poolproof');

const versions = {
  1.14: { modfile: 'go.mod', env: {} },
  1.15: { modfile: 'karpenter-1.15.mod', env: { GOTOOLCHAIN: 'go1.26.10' } },
};

const imports = (...names) => ['import (\n', `import (\n${names.map((name) => `\t"${name}"\n`).join('')}`, 1];

/** Per file of Karpenter: what is replaced, by what, and how often it must occur. */
const changes = {
  'pkg/controllers/provisioning/scheduling/topologygroup.go': [
    ['for domain := range t.domains {', 'for _, domain := range slices.Sorted(maps.Keys(t.domains)) {', 5],
    imports('maps', 'slices'),
  ],
  'pkg/controllers/provisioning/scheduling/scheduler.go': [
    [
      'lo.Map(lo.Values(groups), func(g *DaemonOverheadGroup, _ int) DaemonOverheadGroup { return *g })',
      'lo.Map(slices.Sorted(maps.Keys(groups)), func(k string, _ int) DaemonOverheadGroup { return *groups[k] })',
      1,
    ],
    imports('maps', 'slices'),
  ],
  'pkg/scheduling/requirements.go': [
    ['for key := range requirements {', 'for _, key := range slices.Sorted(maps.Keys(requirements)) {', 1],
    ['for wellKnown := range allowedUndefined {', 'for _, wellKnown := range slices.Sorted(maps.Keys(allowedUndefined)) {', 1],
    ['for existing := range r {', 'for _, existing := range slices.Sorted(maps.Keys(r)) {', 1],
    imports('maps'),
  ],
  'pkg/scheduling/requirement.go': [
    ['return r.values.UnsortedList()[0]', 'return slices.Sorted(maps.Keys(r.values))[0]', 1],
    ['return r.values.UnsortedList()\n', 'return slices.Sorted(maps.Keys(r.values))\n', 1],
    ['fmt.Sprint(rand.Intn(max-min) + min)', 'fmt.Sprint(rand.New(rand.NewSource(0)).Intn(max-min)*0 + min)', 1],
    imports('maps', 'slices'),
  ],
};

for (const version of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(versions)) {
  if (!versions[version]) throw new Error(`no modfile for Karpenter ${version}`);
  build(version, versions[version]);
}

function build(version, { modfile, env }) {
  mkdirSync(cache, { recursive: true });
  go(env, 'build', '-modfile', modfile, '-o', join(cache, `oracle-${version}`), '.');
  const folder = join(cache, `canonical-${version}`);
  const copy = join(folder, 'karpenter');
  const source = go(env, 'list', '-modfile', modfile, '-m', '-f', '{{.Dir}}', karpenter).trim();
  rmSync(folder, { recursive: true, force: true });
  // The module cache is read-only, and a copy would be too.
  cpSync(source, copy, { recursive: true, mode: 0, filter: (path) => !path.endsWith('_test.go') });
  execFileSync('chmod', ['-R', 'u+w', copy]);
  for (const [file, edits] of Object.entries(changes)) rewrite(join(copy, file), edits);
  for (const end of ['mod', 'sum']) cpSync(join(here, modfile.replace(/mod$/, end)), join(folder, `go.${end}`));
  go(env, 'mod', 'edit', '-replace', `${karpenter}=${copy}`, join(folder, 'go.mod'));
  go(env, 'build', '-modfile', join(folder, 'go.mod'), '-o', join(cache, `oracle-canonical-${version}`), '.');
  console.log(`Karpenter ${version}: ${join(cache, `oracle-${version}`)} and oracle-canonical-${version}`);
}

function rewrite(path, edits) {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  let text = readFileSync(path, 'utf8');
  for (const [old, fresh, count] of edits) {
    const found = text.split(old).length - 1;
    if (found !== count) throw new Error(`${path}: expected ${count} of ${JSON.stringify(old)}, found ${found}`);
    text = text.replaceAll(old, fresh);
  }
  writeFileSync(path, text);
}

function go(env, ...args) {
  return execFileSync('go', args, {
    cwd: here,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
