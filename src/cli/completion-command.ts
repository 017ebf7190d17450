import type { Command } from 'commander';
import { rules } from '../../rules/index.ts';
import { type CommandWords, completions } from '../derive/completion.ts';
import { hint } from './config/said-config.ts';
import type { ExitCode, Shell } from './shell.ts';
import { UsageError } from './usage-error.ts';

export function completionCommand(asked: string, root: Command, { stdout }: Shell): ExitCode {
  const names = Object.keys(completions) as (keyof typeof completions)[];
  const name = names.find((each) => each === asked);
  if (!name) throw new UsageError(`completion: "${asked}" is not one of ${names.join(', ')}${hint(asked, names)}`);
  stdout.write(completions[name](root.commands.map(wordsOf)));
  return 0;
}

function wordsOf(command: Command): CommandWords {
  const flags = command.options.flatMap(({ long, description, argChoices, required, optional }) =>
    long ? [{ name: long, says: description, values: argChoices ?? [], takesValue: required || optional }] : [],
  );
  const operands = { explain: rules.map(({ id }) => id), completion: Object.keys(completions) }[command.name()];
  return { name: command.name(), says: command.description(), flags, operands };
}
