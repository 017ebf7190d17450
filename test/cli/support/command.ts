import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Outlet } from '../../../src/cli/outlet.ts';
import { run } from '../../../src/cli/run.ts';
import { bundle } from './bundle.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Around {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const { PATH = '', HOME = '' } = process.env;

/** Runs a command without a terminal, in this process: all that a command knows of its own is the shell that it is handed. */
export async function poolproof(args: readonly string[], { cwd = process.cwd(), env }: Around = {}): Promise<Ended> {
  const said = { out: '', err: '' };
  const into = (stream: keyof typeof said): Outlet => ({
    isTTY: false,
    columns: 80,
    write: (text) => {
      said[stream] += text;
    },
  });
  const streams = { stdout: into('out'), stderr: into('err') };
  const shell = { cwd, environment: { PATH, HOME, ...env }, ...streams, stdinIsTerminal: false };
  return { code: await run([process.execPath, 'poolproof', ...args], shell), ...said };
}

/** Runs the built command as a user would, in a process of its own, with something on its standard input. */
export function spawned(
  args: readonly string[],
  { cwd, env, input = '' }: Around & { readonly input?: string | Buffer } = {},
): Ended {
  const options = {
    cwd,
    input,
    env: { PATH, HOME, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  } as const;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(bundle, 'cli.cjs'), ...args], options);
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, gone when the tests of the file are through. */
export function workspace(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'poolproof-test-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) put(folder, name, text);
  return folder;
}

export function put(folder: string, name: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

export function text(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** A pool against which no rule has anything. */
export function pool(name = 'general', more = ''): string {
  return `apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: ${name}
spec:
  limits:
    cpu: "100"
    memory: 400Gi
  disruption:
    consolidationPolicy: WhenEmptyOrUnderutilized
    consolidateAfter: 5m
    budgets:
      - nodes: 10%
  template:
    spec:
      nodeClassRef:
        group: karpenter.k8s.aws
        kind: EC2NodeClass
        name: default
      expireAfter: 336h
      terminationGracePeriod: 24h
      requirements:
        - key: kubernetes.io/arch
          operator: In
          values: [amd64]
        - key: karpenter.sh/capacity-type
          operator: In
          values: [on-demand]
        - key: karpenter.k8s.aws/instance-category
          operator: In
          values: [c, m, r]
        - key: karpenter.k8s.aws/instance-generation
          operator: Gt
          values: ["4"]
${more}`;
}

/** The same with a weight that the API server refuses. */
export function badPool(name = 'general'): string {
  return pool(name).replace('spec:\n', 'spec:\n  weight: 200\n');
}
