import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadInput } from '../../src/cli/serve/load-input.ts';
import type { ServeFlags } from '../../src/cli/serve/serve-flags.ts';
import { serveSettings } from '../../src/cli/serve/serve-settings.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { createAuthority, issueLeaf } from '../../webhook/certificates/authority.ts';
import { bundle } from './support/bundle.ts';
import { poolproof, workspace } from './support/command.ts';

const authority = await createAuthority(Date.now());
const { certificate, key } = await issueLeaf(authority, ['localhost'], Date.now());
const tls = { 'tls/tls.crt': certificate, 'tls/tls.key': key, 'tls/ca.crt': authority.certificate };
const sound = ['serve', '--tls-dir', 'tls', '--snapshot', 'none', '--port', '0', '--metrics-port', '0', '--host', '127.0.0.1'];

interface Line {
  readonly msg: string;
  readonly level: string;
  readonly mode?: string;
  readonly metricsPort?: number;
}

describe('what is said wrongly is a sentence, and nothing starts', () => {
  const folder = workspace({
    ...tls,
    'poolproof.yaml': 'admission: { mode: warn }\n',
    'bad.yaml': 'admission: { mode: loud }\n',
    'unknown.yaml': 'admission: { rules: { limits-mising: enforce } }\n',
    'catalog.yaml': 'catalog: nowhere.json\n',
    'clusters.yaml': 'clusters: [{ name: prod, paths: ["**"] }, { name: lab, paths: [lab/**] }]\n',
    'broken/tls.crt': 'no certificate',
    'broken/tls.key': key,
    'other/tls.crt': certificate,
    'other/tls.key': authority.key,
    'kube/config': '{ apiVersion: v1, kind: Config, current-context: nowhere }\n',
  });
  test.each([
    [['serve'], '--tls-dir FOLDER or --self-managed says where the certificate comes from'],
    [[...sound, '--config', 'nowhere.yaml'], 'the configuration nowhere.yaml does not exist'],
    [[...sound, '--config', 'bad.yaml'], 'the configuration bad.yaml:1:20: admission.mode: "loud" is not one of'],
    [[...sound, '--config', 'unknown.yaml'], 'did you mean "limits-missing"?'],
    [[...sound, '--config', 'catalog.yaml'], 'nowhere.json'],
    [[...sound, '--config', 'clusters.yaml'], 'the configuration has several clusters: name one with --cluster (prod, lab)'],
    [[...sound, '--config', 'clusters.yaml', '--cluster', 'prd'], 'has no cluster "prd"; did you mean "prod"?'],
    [['serve', '--tls-dir', 'nowhere', '--snapshot', 'none'], '--tls-dir: '],
    [['serve', '--tls-dir', 'broken', '--snapshot', 'none'], 'the certificate is not PEM of an X.509 certificate'],
    [['serve', '--tls-dir', 'other', '--snapshot', 'none'], 'the key is not that of the certificate'],
    [[...sound, '--arm-fail-closed'], 'there is no cluster to speak to'],
    [['serve', '--tls-dir', 'tls', '--kubeconfig', 'kube/config'], '--kubeconfig FILE names it, --snapshot none does without'],
    [[...sound, '--host', '192.0.2.1'], '--host 192.0.2.1'],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await poolproof(args, { cwd: folder, env: { KUBECONFIG: '', HOME: folder } });
    expect(err).toContain(sentence);
    expect(err.startsWith('poolproof: ')).toBe(true);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(out).not.toContain('"msg":"ready"');
    expect(code).toBe(2);
  });

  const shell = (environment: Readonly<Record<string, string>> = {}): Shell => ({
    cwd: folder,
    environment,
    stdout: process.stdout,
    stderr: process.stderr,
    stdinIsTerminal: false,
  });
  const own = { selfManaged: true, secret: 'authority', service: 'poolproof', namespace: 'x' };

  test.each<[ServeFlags, string]>([
    [{ tlsDir: 'tls', selfManaged: true }, '--tls-dir and --self-managed: the certificate comes from one of them'],
    [{ selfManaged: true }, '--secret NAME names the Secret'],
    [{ selfManaged: true, secret: 'x' }, '--service NAME names the Service'],
    [{ ...own, service: 'UP' }, '--service: "UP" is no name of an object'],
    [{ selfManaged: true, secret: 'x', service: 'y' }, '--namespace NAMESPACE says where'],
    [{ tlsDir: 'tls', webhookConfiguration: 'A b' }, '--webhook-configuration: "A b" is no name of an object'],
    [{ tlsDir: 'tls', tracingUrl: 'collector:4318' }, '--tracing-url: "collector:4318" is no address like http://host:4318'],
    [{ tlsDir: 'tls', tracingUrl: 'https://a:b@c' }, '--tracing-url: it takes no password'],
    [{ tlsDir: 'tls', tracingRatio: '2' }, '--tracing-ratio: "2" is not a number from 0 to 1'],
    [{ tlsDir: 'tls', port: 'many' }, '--port: "many" is not a whole number from 0 to 65535'],
    [{ tlsDir: 'tls', maxInFlight: '0' }, '--max-in-flight: "0" is not a whole number from 1 to 10000'],
    [{ tlsDir: 'tls', rehearsals: 'none' }, '--rehearsals: "none" is not a whole number from 0 to 100000'],
    [{ tlsDir: 'tls', snapshot: 'all' }, '--snapshot: "all" is not one of karpenter, workloads, none'],
    [{ tlsDir: 'tls', logLevel: 'loud' }, '--log-level: "loud" is not one of debug, info, warn, error'],
  ])('%j', (flags, sentence) => {
    expect(() => serveSettings(flags, shell())).toThrow(sentence);
  });

  test.each([
    ['http://collector:4318', 'http://collector:4318/v1/traces'],
    ['https://collector/', 'https://collector/v1/traces'],
    ['https://collector/own/way', 'https://collector/own/way'],
  ])('spans for %s go to %s', (tracingUrl, url) => {
    expect(serveSettings({ tlsDir: 'tls', tracingUrl }, shell()).tracing).toEqual({ url, ratio: 1 });
  });

  test('a variable for a flag without a value takes true or false', () => {
    const said = (value: string) => shell({ POOLPROOF_TLS_DIR: 'tls', POOLPROOF_ARM_FAIL_CLOSED: value });
    expect(serveSettings({}, said('true')).armFailClosed).toBe(true);
    expect(() => serveSettings({}, said('yes'))).toThrow('POOLPROOF_ARM_FAIL_CLOSED: it takes true or false');
  });

  test('a variable says what a flag says, the flag wins, and one of Kubernetes about a Service is none', () => {
    const environment = {
      POOLPROOF_TLS_DIR: 'tls',
      POOLPROOF_PORT: 'tcp://10.0.0.1:443',
      POOLPROOF_METRICS_PORT: '1',
      POOLPROOF_DRAIN_SECONDS: '7',
    };
    expect(serveSettings({ metricsPort: '2' }, shell(environment))).toMatchObject({
      certificates: { folder: join(folder, 'tls') },
      port: 9443,
      metricsPort: 2,
      drainSeconds: 7,
    });
    expect(serveSettings({ rehearsals: '0' }, shell(environment)).rehearsals).toBe(0);
    expect(serveSettings(own, shell()).certificates).toEqual({
      secret: 'authority',
      service: 'poolproof',
      namespace: 'x',
    });
    expect(serveSettings({ ...own, armFailClosed: true }, shell())).toMatchObject({
      webhookConfiguration: 'poolproof',
      armFailClosed: true,
    });
  });
});

test('of several clusters in the configuration the one that is named counts, over what holds for all', async () => {
  const folder = workspace({
    'poolproof.yaml': [
      'region: eu-west-1',
      'karpenterVersion: "1.14"',
      'rules: { limits-missing: error, spot-implicit: error }',
      'clusters:',
      '  - { name: prod, paths: [prod/**], karpenterVersion: "1.15", rules: { limits-missing: "off" } }',
      '  - { name: lab, paths: [lab/**] }',
    ].join('\n'),
  });
  const shell = { cwd: folder, environment: {}, stdout: process.stdout, stderr: process.stderr, stdinIsTerminal: false };
  const served = async (cluster: string): Promise<unknown> => {
    const loaded = await loadInput({ config: undefined, cluster }, shell);
    return 'value' in loaded ? loaded.value.settings : loaded.fault;
  };
  expect(await served('prod')).toMatchObject({
    karpenterVersion: '1.15',
    region: 'eu-west-1',
    rules: { 'limits-missing': { level: 'off' }, 'spot-implicit': { level: 'error' } },
  });
  expect(await served('lab')).toMatchObject({ karpenterVersion: '1.14', rules: { 'limits-missing': { level: 'error' } } });
  expect(await served('prod')).not.toHaveProperty('clusters');
});

test('what sends spans is not loaded unless somebody asks for it', () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?["'](\.[^"']+)["'];$/gm);
    for (const [, path = ''] of imports) load(join(dirname(file), path));
  };
  load(join(bundle, 'serve-command.js'));
  expect(loaded.size).toBeGreaterThan(3);
  const names = [...loaded].map((file) => basename(file));
  expect(names.filter((name) => name.startsWith('otlp-tracing'))).toEqual([]);
  expect([...loaded].filter((file) => readFileSync(file, 'utf8').includes('OTLPTraceExporter'))).toEqual([]);
  expect(readdirSync(join(bundle, 'chunks')).filter((name) => name.startsWith('otlp-tracing'))).toHaveLength(1);
});

describe('a server', () => {
  let running: ChildProcess | undefined;
  afterEach(() => running?.kill('SIGKILL'));

  const start = (folder: string, ...args: readonly string[]): { readonly lines: () => readonly Line[] } => {
    let out = '';
    running = spawn(process.execPath, [join(bundle, 'cli.cjs'), ...sound, '--drain-seconds', '0', ...args], { cwd: folder });
    running.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    return {
      lines: () =>
        out
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
    };
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  test('says that it is ready, obeys signals and goes without a fault', async () => {
    const { lines } = start(workspace({ ...tls, 'poolproof.yaml': 'admission: { mode: warn }\n' }));
    const said = (msg: string): Line | undefined => lines().find((line) => line.msg === msg);
    await until(() => said('ready') !== undefined);
    const { metricsPort } = said('ready') ?? {};
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/readyz`)).text()).toBe('ok\n');
    running?.kill('SIGUSR2');
    running?.kill('SIGTERM');
    const [code] = await once(running as ChildProcess, 'exit');
    expect(code).toBe(0);
    expect(lines().at(-1)).toMatchObject({ level: 'info', msg: 'stopped' });
  });

  test('takes up a configuration that Kubernetes swaps in, by the folder that a link leads to', async () => {
    const { mkdirSync, renameSync, symlinkSync, writeFileSync } = await import('node:fs');
    const folder = workspace(tls);
    const mount = join(folder, 'mount');
    const swap = (name: string, text: string): void => {
      mkdirSync(join(mount, name), { recursive: true });
      writeFileSync(join(mount, name, 'poolproof.yaml'), text);
      symlinkSync(name, join(mount, '..data_tmp'));
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
    };
    swap('..1', 'admission: { mode: warn }\n');
    symlinkSync('..data/poolproof.yaml', join(mount, 'poolproof.yaml'));
    const { lines } = start(folder, '--config', 'mount/poolproof.yaml');
    const modes = (): readonly unknown[] => lines().flatMap((line) => (line.msg === 'configuration taken up' ? [line.mode] : []));
    await until(() => lines().some((line) => line.msg === 'ready'));
    swap('..2', 'admission: { mode: audit }\n');
    await until(() => modes().length === 2);
    swap('..3', 'admission: { mode: nonsense }\n');
    await until(() => lines().some((line) => line.level === 'error'));
    swap('..4', 'admission: { mode: enforce }\n');
    await until(() => modes().length === 3);
    expect(modes()).toEqual(['warn', 'audit', 'enforce']);
  });

  test('a port that is taken is a sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const folder = workspace(tls);
    const { code, err } = await poolproof([...sound, '--metrics-port', String(port)], { cwd: folder });
    expect(err).toContain(`--metrics-port ${port}: cannot listen there (EADDRINUSE)`);
    expect(code).toBe(2);
    taken.close();
  });
});
