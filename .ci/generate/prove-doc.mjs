// Puts what the command prints for the example of docs/prove.md into that page. The test of the command holds the two together.
//   node .ci/generate/prove-doc.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/prove.md');
const work = mkdtempSync(join(tmpdir(), 'poolproof-doc-'));

try {
  const bundle = join(work, 'bundle');
  execFileSync(process.execPath, [join(root, '.ci/build.mjs'), '--out', bundle], { stdio: 'inherit' });
  const text = readFileSync(page, 'utf8');
  for (const [, name, content] of text.matchAll(/```yaml\n# ([\w-]+\.yaml)\n(.*?)```/gs))
    writeFileSync(join(work, name), content);
  const filled = text.replace(/(```console\n\$ poolproof ([^\n]*)\n).*?```/gs, (_, head, args) => {
    const { stdout } = spawnSync(process.execPath, [join(bundle, 'cli.cjs'), ...args.split(' ')], {
      cwd: work,
      encoding: 'utf8',
    });
    return `${head}${stdout}\`\`\``;
  });
  writeFileSync(page, filled);
} finally {
  rmSync(work, { recursive: true, force: true });
}
