import { spawn } from 'node:child_process';

/** The command line as it is shipped, run to its end. */
export function commandLine(cli, environment) {
  return (...args) =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env.PATH, HOME: '/nonexistent', POOLPROOF_COMPILE_CACHE: 'off', ...environment };
      const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said.out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said.err += text;
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, ...said, json: () => JSON.parse(said.out) }));
    });
}

/** The webhook as it is shipped, once it says that it is ready. */
export async function serving(cli, args) {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', POOLPROOF_COMPILE_CACHE: 'off', POOLPROOF_REHEARSALS: '0' };
  const child = spawn(process.execPath, [cli, 'serve', ...args], { env, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve, reject) => {
    child.on('close', (code) => reject(new Error(`serve ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text) => text.includes('"ready"') && resolve());
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { kill };
}
