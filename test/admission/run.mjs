// The webhook against a real API server: what it answers to every way of writing, what it does where other webhooks have failed, and
// how many calls are lost while replicas, certificates and configurations come and go.
//   node test/admission/run.mjs [contract] [failures] [arming] [company] [keeping] [traced] [chaos] [parity] [--record]      --record writes golden.json anew
// Needs Go, Node and kubectl; builds the lab and Helm the first time. Last line: N passed, N failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { arming } from './arming.mjs';
import { bundled, program } from './bundled.mjs';
import { chaos } from './chaos.mjs';
import { company } from './company.mjs';
import { contract } from './contract.mjs';
import { failures } from './failures.mjs';
import { keep } from './golden.mjs';
import { keeping } from './keeping.mjs';
import { withLab } from './lab.mjs';
import { parity } from './parity.mjs';
import { recorder } from './recorder.mjs';
import { mount } from './serving.mjs';
import { traced } from './traced.mjs';

const parts = { contract, failures, arming, company, keeping, traced, chaos, parity };
const { values, positionals } = parseArgs({ allowPositionals: true, options: { record: { type: 'boolean' } } });
const work = mkdtempSync(join(tmpdir(), 'poolproof-admission-'));
let passed = 0;
let failed = 0;

try {
  const { createAuthority, issueLeaf } = await import(
    await bundled('webhook/certificates/authority.ts', 'admission-authority.cjs')
  );
  const authority = await createAuthority(Date.now());
  const issue = (from = authority) => issueLeaf(from, ['127.0.0.1', 'localhost'], Date.now());
  const pair = await issue();
  const tls = join(work, 'tls');
  mount(tls, { 'tls.crt': pair.certificate, 'tls.key': pair.key, 'ca.crt': authority.certificate });
  const recorded = await recorder(pair, authority.certificate);
  const command = program();
  // Parts may run side by side.
  await withLab(['admission', ...positionals].join('-'), async (lab) => {
    lab.installCrds('1.15');
    const world = { lab, check, work, program: command, tls, authority: authority.certificate, issue, createAuthority, recorded };
    for (const [name, part] of Object.entries(parts))
      if (positionals.length === 0 || positionals.includes(name)) await part(world);
  });
  recorded.close();
  if (values.record) keep(recorded.kept, recorded.around);
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function check(isSo, what, detail) {
  if (isSo) passed++;
  else {
    failed++;
    console.log(`FAILED ${what}${detail === undefined ? '' : `\n  ${JSON.stringify(detail).slice(0, 600)}`}`);
  }
}
