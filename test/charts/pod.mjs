// A pod of the chart as a process on this machine.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolesInForce } from '../lab/in-force.mjs';
import { kubeconfigAs, tokenOf } from './account.mjs';
import { must } from './lab.mjs';
import { namespace, run } from './render.mjs';

export const badPool = JSON.stringify({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'live' },
  spec: {
    disruption: {
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '5m',
      budgets: [{ nodes: '1', schedule: '0 2 * * 7', duration: '1h' }],
    },
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
        requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }],
      },
    },
  },
});

export class Pod {
  #of;
  #child;
  #ended;
  #log = '';
  #version = 0;

  constructor(of) {
    this.#of = of;
    mkdirSync(of.folder, { recursive: true });
  }

  async start() {
    const { objects, lab, cli, folder } = this.#of;
    const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
    const [{ args }] = spec.containers;
    await this.configure(
      () => objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'poolproof').data['poolproof.yaml'],
    );
    const env = {
      PATH: process.env.PATH,
      POOLPROOF_NAMESPACE: namespace,
      POOLPROOF_COMPILE_CACHE: 'off',
      POOLPROOF_REHEARSALS: '0',
    };
    const own = args.map((arg) => arg.replace('/etc/poolproof/', `${folder}/config/`));
    // Its roles came with the chart, a moment ago.
    await rolesInForce(lab);
    const kubeconfig = kubeconfigAs(spec.serviceAccountName, lab, folder);
    this.#child = spawn(process.execPath, [cli, ...own, `--kubeconfig=${kubeconfig}`], {
      cwd: '/',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (data) => {
        this.#log += data;
      });
    }
    this.#ended = new Promise((resolve) => this.#child.on('close', resolve));
  }

  /** Changes poolproof.yaml as the kubelet does: a new folder, and then the link to it is swapped. */
  async configure(edit) {
    const config = join(this.#of.folder, 'config');
    mkdirSync(config, { recursive: true });
    const file = join(config, 'poolproof.yaml');
    const before = this.#version === 0 ? '' : readFileSync(file, 'utf8');
    const folder = `..${++this.#version}`;
    mkdirSync(join(config, folder));
    writeFileSync(join(config, folder, 'poolproof.yaml'), edit(before));
    symlinkSync(folder, join(config, '..data_tmp'));
    renameSync(join(config, '..data_tmp'), join(config, '..data'));
    if (before === '') symlinkSync('..data/poolproof.yaml', file);
    else rmSync(join(config, `..${this.#version - 1}`), { recursive: true });
  }

  async isReady() {
    const answer = await fetch(`http://127.0.0.1:${this.#of.metricsPort}/readyz`).catch(() => undefined);
    return answer?.status === 200;
  }

  /** How many reviews it has answered. */
  async asked() {
    const text = await (await fetch(`http://127.0.0.1:${this.#of.metricsPort}/metrics`)).text();
    return [...text.matchAll(/^poolproof_admission_requests_total\{.*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }

  /** The environment and the script that the chart gives to `helm test`. */
  helmTest() {
    const { objects } = this.#of;
    const { spec } = objects.find(({ kind }) => kind === 'Pod');
    const env = Object.fromEntries(spec.containers[0].env.map(({ name, value }) => [name, value]));
    const script = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === spec.volumes[0].configMap.name);
    return { env, script: script.data['helm-test.mjs'], account: spec.serviceAccountName };
  }

  async runHelmTest(other = {}) {
    const { objects, lab, folder, metricsPort } = this.#of;
    const { kubectl, kubeconfig } = lab;
    const { env, script, account } = this.helmTest();
    const names = ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding'];
    const hooks = objects.filter(
      ({ kind, metadata }) => names.includes(kind) && metadata.annotations?.['helm.sh/hook'] === 'test',
    );
    const text = hooks.map((object) => JSON.stringify(object)).join('\n');
    must(kubectl(['apply', '--server-side', '-f', '-'], text));
    await rolesInForce(lab);
    mkdirSync(join(folder, 'account'), { recursive: true });
    writeFileSync(join(folder, 'account/token'), tokenOf(account, kubectl));
    writeFileSync(join(folder, 'helm-test.mjs'), script);
    const { server, 'certificate-authority': authority } = JSON.parse(readFileSync(kubeconfig, 'utf8')).clusters[0].cluster;
    const { hostname, port } = new URL(server);
    const asInPod = {
      READY_URL: `http://127.0.0.1:${metricsPort}/readyz`,
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
    };
    const here = { ...env, ...asInPod, NODE_EXTRA_CA_CERTS: authority, ACCOUNT: join(folder, 'account'), ...other };
    const ended = run(process.execPath, [join(folder, 'helm-test.mjs')], { env: here });
    must(kubectl(['delete', '-f', '-'], text));
    return ended;
  }

  log() {
    return this.#log;
  }

  /** Its exit code. */
  stop() {
    this.#child?.kill('SIGTERM');
    return this.#ended;
  }
}
