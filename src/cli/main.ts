import { bugReport } from './bug-report.ts';
import { outlet } from './outlet.ts';
import { run } from './run.ts';
import type { ExitCode, Shell } from './shell.ts';

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

void run(process.argv, shell).then(exit);

/** Once all is written: what V8 still compiles and collects in the background is of no use to anybody. */
function exit(code: ExitCode): void {
  process.exitCode = code;
  stdout.flushed(() => stderr.flushed(() => process.exit()));
}
