import { CommanderError } from 'commander';
import { bugReport } from './bug-report.ts';
import { outlet } from './outlet.ts';
import { program } from './program.ts';
import type { ExitCode, Shell } from './shell.ts';
import { isUsageError } from './usage-error.ts';

const stderr = outlet(
  2,
  () => process.stderr,
  // Nobody is left to tell.
  () => process.exit(2),
);
const stdout = outlet(
  1,
  () => process.stdout,
  ({ message }) => {
    stderr.write(`poolproof: cannot write to standard output: ${message}\n`);
    process.exit(2);
  },
);
const shell: Shell = {
  cwd: process.cwd(),
  environment: process.env,
  stdout,
  stderr,
  // Asked for where it matters only: to look, Node.js opens it.
  get stdinIsTerminal() {
    return process.stdin.isTTY === true;
  },
};

process.on('uncaughtException', (error) => {
  stderr.write(bugReport(error));
  process.exit(2);
});

void main(process.argv).then(exit);

/** Once all is written: what V8 still compiles and collects in the background is of no use to anybody. */
function exit(code: ExitCode): void {
  process.exitCode = code;
  stdout.flushed(() => stderr.flushed(() => process.exit()));
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
