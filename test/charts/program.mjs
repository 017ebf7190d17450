// The chart beside the program that it runs: flags that there are, values that it takes, a configuration that it accepts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkRun } from './checks.mjs';
import { chart, run } from './render.mjs';

export function checkProgram(matrix, work, cli) {
  const help = Object.fromEntries(
    ['serve', 'scan'].map((command) => [command, flagsOf(run(process.execPath, [cli, command, '--help']))]),
  );
  for (const { name, objects } of matrix) {
    const unknown = containersOf(objects).flatMap(({ args: [command, ...args] }) =>
      args.map((arg) => arg.split('=')[0]).filter((flag) => !help[command].has(flag)),
    );
    check(`${name}: every flag is one of the program`, unknown.length === 0, unknown.join(', '));
    const file = join(work, 'poolproof.yaml');
    writeFileSync(file, configOf(objects));
    const read = run(process.execPath, [cli, 'lint', '--config', file, '--print-config', work]);
    checkRun(`${name}: the program takes the configuration`, read, 0);
  }
  check('a flag that there is not would be seen', help.serve.size > 10 && !help.serve.has('--nosuch'));
  const { logLevel, snapshot } = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')).properties;
  const words = [...logLevel.enum.map((word) => ['--log-level', word]), ...snapshot.enum.map((word) => ['--snapshot', word])];
  for (const [flag, word] of words) {
    checkRun(`serve takes ${flag} ${word}`, serve(cli, `${flag}=${word}`), 2, /^(?!.*is not one of)[\s\S]*nowhere/);
  }
  checkRun('a word that it does not take would be seen', serve(cli, '--log-level=loud'), 2, /"loud" is not one of/);
}

/** Gets past its flags, and then stops at a configuration that is not there. */
function serve(cli, flag) {
  return run(process.execPath, [cli, 'serve', '--config=nowhere.yaml', '--tls-dir=nowhere', '--kubeconfig=nowhere', flag]);
}

function flagsOf({ stdout }) {
  return new Set([...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag));
}

function containersOf(objects) {
  return objects.flatMap(({ kind, spec }) => {
    if (kind === 'Deployment') return spec.template.spec.containers;
    return kind === 'CronJob' ? spec.jobTemplate.spec.template.spec.containers : [];
  });
}

function configOf(objects) {
  return objects.find(({ kind, data }) => kind === 'ConfigMap' && data['poolproof.yaml'] !== undefined).data['poolproof.yaml'];
}
