import { lintCommand } from './lint/lint-command.ts';
import { UsageError } from './usage-error.ts';
try {
  process.exitCode = await lintCommand(process.argv.slice(3), {}, { cwd: process.cwd(), environment: process.env, stdout: process.stdout, stderr: process.stderr, stdinIsTerminal: false });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`poolproof: ${error.message}\n`);
  process.exitCode = 2;
}
