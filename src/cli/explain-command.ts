import { rules } from '../../rules/index.ts';
import { explain } from '../derive/explain.ts';
import { hint } from './config/said-config.ts';
import type { ExitCode, Shell } from './shell.ts';
import { UsageError } from './usage-error.ts';

export function explainCommand(asked: string, { stdout }: Shell): ExitCode {
  const rule = rules.find(({ id, code }) => id === asked || code === asked.toUpperCase());
  if (!rule)
    throw new UsageError(
      `there is no rule "${asked}"${hint(
        asked,
        rules.flatMap(({ id, code }) => [id, code]),
      )}`,
    );
  stdout.write(explain(rule));
  return 0;
}
