import { CommanderError } from 'commander';
import { bugReport } from './bug-report.ts';
import { program } from './program.ts';
import type { ExitCode, Shell } from './shell.ts';
import { isUsageError } from './usage-error.ts';

/** Runs the command that the arguments of a process name. */
export async function run(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await program(shell, (ended) => {
      code = ended;
    }).parseAsync(argv);
    return code;
  } catch (error) {
    if (isUsageError(error)) shell.stderr.write(`poolproof: ${error.message}\n`);
    else if (!(error instanceof CommanderError)) shell.stderr.write(bugReport(error));
    else if (error.exitCode === 0) return 0;
    return 2;
  }
}
