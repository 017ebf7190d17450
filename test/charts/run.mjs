// The chart: by its own tools, by its schema, as it renders, beside the program that it runs, and in a real API server.
// Needs Go, Python, kubectl and apt; installs the rest into a cache. Last line: N passed, N failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../admission/bundled.mjs';
import { summary } from './checks.mjs';
import { checkPromises } from './documented.mjs';
import { checkInCluster } from './in-cluster.mjs';
import { withLab } from './lab.mjs';
import { checkLive } from './live.mjs';
import { checkInstall, checkManifests } from './manifests.mjs';
import { checkProgram } from './program.mjs';
import { matrix as renderMatrix } from './render.mjs';
import { checkRendered } from './rendered.mjs';
import { checkScanLive } from './scan-live.mjs';
import { checkStatic } from './static.mjs';
import { checkValues } from './values.mjs';
import { checkWatching } from './watching.mjs';

const work = mkdtempSync(join(tmpdir(), 'poolproof-chart-'));
try {
  const cli = program();
  const matrix = renderMatrix();
  checkStatic(matrix, work);
  checkPromises();
  checkValues();
  checkRendered(matrix, work);
  checkManifests(work);
  checkProgram(matrix, work, cli);
  await checkWatching(work);
  await withLab(async (lab) => {
    checkInCluster(lab, matrix, work);
    checkInstall(lab);
    await checkScanLive(lab, work, cli);
    await checkLive(lab, work, cli);
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
summary();
