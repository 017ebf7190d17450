import { Command, Option } from 'commander';
import { doctorHelp, doctorOptions } from './doctor/doctor-options.ts';
import { vapHelp, vapOptions } from './export/vap-options.ts';
import { helpExamples } from './help-examples.ts';
import { lintHelp, lintOptions } from './lint/lint-options.ts';
import { proveHelp, proveOptions } from './prove/prove-options.ts';
import { scanHelp, scanOptions } from './scan/scan-options.ts';
import { serveHelp, serveOptions } from './serve/serve-options.ts';
import type { ExitCode, Shell } from './shell.ts';
import { simulateHelp, simulateOptions } from './simulate/simulate-options.ts';
import { version } from './version.ts';

/** How the command that ran ended. */
export type Done = (code: ExitCode) => void;

/** The command line: commands, their flags and help. What a command does is loaded when it is called. */
export function program(shell: Shell, done: Done): Command {
  const root = new Command('poolproof')
    .description('Tells whether a Karpenter configuration will work before a cluster finds out.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'poolproof: ')),
    })
    .exitOverride()
    .addHelpText(
      'before',
      helpExamples(
        ['poolproof lint .', 'judge every manifest beneath this folder'],
        ['kustomize build . | poolproof lint -', 'judge what a pipeline renders'],
        ['poolproof simulate pools/ apps/', 'what Karpenter would launch, and what waits'],
        ['poolproof prove pools/ apps/', 'that every pool and every workload works, or why not'],
        ['poolproof explain limits-missing', 'what a rule looks for, and why'],
      ),
    );
  addLint(root, shell, done);
  addSimulate(root, shell, done);
  addProve(root, shell, done);
  addServe(root, shell, done);
  addExport(root, shell, done);
  addScan(root, shell, done);
  addDoctor(root, shell, done);
  addExplain(root, shell, done);
  addRules(root, shell, done);
  addCompletion(root, shell, done);
  addVersion(root, shell, done);
  return describing(root);
}

const incomplete = new WeakMap<Command, () => readonly Option[]>();

/** Gives a command its flags when it is called or described: a run calls one command, and commander takes its time for each flag. */
function flagged(command: Command, options: () => readonly Option[]): Command {
  incomplete.set(command, options);
  command.parent?.hook('preSubcommand', (_parent, called) => complete(called));
  return describing(command);
}

/** A list of commands says which have flags. */
function describing(command: Command): Command {
  return command.on('beforeHelp', () => [command, ...command.commands].forEach(complete));
}

function complete(command: Command): void {
  for (const option of incomplete.get(command)?.() ?? []) command.addOption(option);
  incomplete.delete(command);
}

function addLint(root: Command, shell: Shell, done: Done): void {
  const lint = root.command('lint', { isDefault: true }).description('judge manifests (what is done where no command is named)');
  const fix = root.command('fix').description('judge manifests and put right what can be: the same as lint --fix');
  for (const command of [lint, fix]) {
    flagged(command, lintOptions)
      .argument('[inputs...]', 'files, folders, globs, or - for standard input')
      .addHelpText('before', () => lintHelp(command.name()));
    command.action(async (inputs: readonly string[], flags) => {
      const { lintCommand } = await import('./lint/lint-command.ts');
      done(await lintCommand(inputs, command === fix ? { ...flags, fix: true } : flags, shell, () => root.outputHelp()));
    });
  }
}

function addSimulate(root: Command, shell: Shell, done: Done): void {
  const simulate = root
    .command('simulate')
    .description('say what Karpenter would launch for the workloads, and which pods would wait')
    .argument('[inputs...]', 'files, folders, globs, or - for standard input')
    .addHelpText('before', simulateHelp);
  flagged(simulate, simulateOptions);
  simulate.action(async (inputs: readonly string[], flags) => {
    const { simulateCommand } = await import('./simulate/simulate-command.ts');
    done(await simulateCommand(inputs, flags, shell));
  });
}

function addProve(root: Command, shell: Shell, done: Done): void {
  const prove = root
    .command('prove')
    .description('prove that pools can run pods and pods have a place, or say what stands in the way')
    .argument('[inputs...]', 'files, folders, globs, or - for standard input')
    .addHelpText('before', proveHelp);
  flagged(prove, proveOptions);
  prove.action(async (inputs: readonly string[], flags) => {
    const { proveCommand } = await import('./prove/prove-command.ts');
    done(await proveCommand(inputs, flags, shell));
  });
}

function addExport(root: Command, shell: Shell, done: Done): void {
  const vap = describing(root.command('export').description('print what other programs enforce'))
    .addHelpText('before', vapHelp)
    .command('vap')
    .description('print the rules that CEL can say as ValidatingAdmissionPolicies with their bindings')
    .addHelpText('before', vapHelp);
  flagged(vap, vapOptions);
  vap.action(async (flags) => {
    const { vapCommand } = await import('./export/vap-command.ts');
    done(await vapCommand(flags, shell));
  });
}

function addScan(root: Command, shell: Shell, done: Done): void {
  const scan = root.command('scan').description('judge what stands in a cluster').addHelpText('before', scanHelp);
  flagged(scan, scanOptions);
  scan.action(async (flags) => {
    const { scanCommand } = await import('./scan/scan-command.ts');
    done(await scanCommand(flags, shell));
  });
}

function addServe(root: Command, shell: Shell, done: Done): void {
  const serve = root
    .command('serve')
    .description('answer the admission reviews of an API server')
    .addHelpText('before', serveHelp);
  flagged(serve, serveOptions);
  serve.action(async (flags) => {
    const { serveCommand } = await import('./serve/serve-command.ts');
    done(await serveCommand(flags, shell));
  });
}

function addDoctor(root: Command, shell: Shell, done: Done): void {
  const doctor = root
    .command('doctor')
    .description('tell whether the webhook of a cluster is well, and what old ones left behind')
    .addHelpText('before', doctorHelp);
  flagged(doctor, doctorOptions);
  doctor.action(async (flags) => {
    const { doctorCommand } = await import('./doctor/doctor-command.ts');
    done(await doctorCommand(flags, shell));
  });
}

function addExplain(root: Command, shell: Shell, done: Done): void {
  root
    .command('explain')
    .description('say what a rule looks for, why it matters and how to silence it')
    .argument('<rule>', 'id or code of a rule')
    .addHelpText('before', helpExamples(['poolproof explain limits-missing', 'by id'], ['poolproof explain PP501', 'by code']))
    .action(async (rule: string) => {
      const { explainCommand } = await import('./explain-command.ts');
      done(explainCommand(rule, shell));
    });
}

function addRules(root: Command, shell: Shell, done: Done): void {
  root
    .command('rules')
    .description('list the rules')
    .addOption(new Option('--format <format>', 'how to print them').choices(['text', 'json', 'markdown']).default('text'))
    .addHelpText(
      'before',
      helpExamples(['poolproof rules', 'one line a rule'], ['poolproof rules --format json', 'for programs']),
    )
    .action(async ({ format }: { readonly format: string }) => {
      const { rulesCommand } = await import('./rules-command.ts');
      done(rulesCommand(format, shell));
    });
}

function addCompletion(root: Command, shell: Shell, done: Done): void {
  root
    .command('completion')
    .description('print a completion script')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'before',
      helpExamples(
        ['source <(poolproof completion bash)', 'in ~/.bashrc'],
        ['poolproof completion zsh > ~/.zfunc/_poolproof', 'once'],
        ['poolproof completion fish > ~/.config/fish/completions/poolproof.fish', 'once'],
      ),
    )
    .action(async (name: string) => {
      const { completionCommand } = await import('./completion-command.ts');
      root.commands.forEach(complete);
      done(completionCommand(name, root, shell));
    });
}

function addVersion(root: Command, shell: Shell, done: Done): void {
  root
    .command('version')
    .description('print the version, and the versions of Karpenter it knows')
    .addHelpText('before', helpExamples(['poolproof version', 'say it in a report of a bug']))
    .action(async () => {
      const { versionCommand } = await import('./version-command.ts');
      done(versionCommand(shell));
    });
}
