import { CommanderError } from 'commander';
import { bugReport } from './bug-report.ts';
import { program } from './program.ts';
import type { ExitCode, Shell } from './shell.ts';
import { isUsageError } from './usage-error.ts';

const { stdout, stderr, env } = process;
const shell: Shell = {
  cwd: process.cwd(),
  environment: env,
  stdout,
  stderr,
  get stdinIsTerminal() {
    return process.stdin.isTTY === true;
  },
};

// Whoever reads has seen enough (`| head`): that is no fault, and the exit code stays the verdict.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  stderr.write(`poolproof: cannot write to standard output: ${error.message}\n`);
  process.exit(2);
});
process.on('uncaughtException', (error) => {
  stderr.write(bugReport(error));
  process.exit(2);
});

void main(process.argv).then(exit);

/** Once all is written: what V8 still compiles and collects in the background is of no use to anybody. */
function exit(code: ExitCode): void {
  process.exitCode = code;
  if (stdout.errored) return;
  stdout.write('', () => stderr.write('', () => process.exit()));
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await program(shell, (ended) => {
      code = ended;
    }).parseAsync(argv);
    return code;
  } catch (error) {
    if (isUsageError(error)) stderr.write(`poolproof: ${error.message}\n`);
    else if (!(error instanceof CommanderError)) stderr.write(bugReport(error));
    else if (error.exitCode === 0) return 0;
    return 2;
  }
}
