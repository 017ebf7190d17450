import { resolve } from 'node:path';
import { type Format, formats, loadReporter } from '../../report/formats.ts';
import type { Report } from '../../report/report.ts';
import { skippedNotice, summarySentence } from '../../report/summary.ts';
import { hint } from '../config/said-config.ts';
import { replaceFile } from '../files/write-file.ts';
import { hasColor, type Shell, widthOf } from '../shell.ts';
import { UsageError } from '../usage-error.ts';

/** Where one rendering of the report goes; without a file to standard output. */
export interface Output {
  readonly format: Format;
  readonly file: string | undefined;
}

/** `FORMAT` or `FORMAT=FILE`, as often as given. */
export function outputsFrom(said: readonly string[] | undefined, { stdout }: Shell): readonly Output[] {
  if (said === undefined) return [{ format: stdout.isTTY ? 'pretty' : 'compact', file: undefined }];
  const outputs = said.map(outputFrom);
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError('--format: only one format can go to standard output; write the others as FORMAT=FILE');
  return outputs;
}

function outputFrom(said: string): Output {
  const [, word = said, file] = /^(.*?)=(.+)$/.exec(said) ?? [];
  const format = formats.find((each) => each === word);
  if (format === undefined) throw new UsageError(`--format: "${word}" is not one of ${formats.join(', ')}${hint(word, formats)}`);
  return { format, file };
}

/** Prints the report in every form that was asked for. A machine format prints its document and nothing else. */
export async function print(report: Report, outputs: readonly Output[], shell: Shell): Promise<void> {
  for (const { format, file } of outputs) {
    const reporter = await loadReporter(format);
    if (file !== undefined) {
      replaceFile(resolve(shell.cwd, file), reporter(report, { color: false, width: 0 }));
      continue;
    }
    shell.stdout.write(reporter(report, { color: hasColor(shell, shell.stdout), width: widthOf(shell.stdout) }));
    if (format === 'compact') shell.stderr.write(beside(report));
  }
}

/** What the one-line-a-finding format leaves out. */
function beside(report: Report): string {
  return [...report.skipped.map(skippedNotice), summarySentence(report)].map((line) => `${line}\n`).join('');
}
