import { resolve } from 'node:path';
import { proofJson } from '../../report/proof-json.ts';
import { proofMarkdown } from '../../report/proof-markdown.ts';
import { proofPretty } from '../../report/proof-pretty.ts';
import type { ProofReport } from '../../report/proof-report.ts';
import type { ReportOptions } from '../../report/report.ts';
import { hint } from '../config/said-config.ts';
import { replaceFile } from '../files/write-file.ts';
import { hasColor, type Shell, widthOf } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { proofFormats } from './proof-formats.ts';

/** Where one rendering goes; without a file to standard output. */
export interface ProofOutput {
  readonly format: (typeof proofFormats)[number];
  readonly file: string | undefined;
}

/** `FORMAT` or `FORMAT=FILE`, as often as given. */
export function proofOutputs(said: readonly string[] | undefined): readonly ProofOutput[] {
  const outputs = (said ?? ['pretty']).map(outputFrom);
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError('--format: only one format can go to standard output; write the others as FORMAT=FILE');
  return outputs;
}

function outputFrom(said: string): ProofOutput {
  const [, word = said, file] = /^(.*?)=(.+)$/.exec(said) ?? [];
  const format = proofFormats.find((each) => each === word);
  if (format !== undefined) return { format, file };
  const page = word === 'html' ? '; the page is written with --html FILE' : hint(word, proofFormats);
  throw new UsageError(`--format: "${word}" is not one of ${proofFormats.join(', ')}${page}`);
}

/** Prints the proof in every form that was asked for, and the page. */
export async function printProof(
  report: ProofReport,
  outputs: readonly ProofOutput[],
  html: string | undefined,
  shell: Shell,
): Promise<void> {
  const { cwd, stdout } = shell;
  for (const { format, file } of outputs) {
    if (file === undefined) stdout.write(printed(report, format, { color: hasColor(shell, stdout), width: widthOf(stdout) }));
    else replaceFile(resolve(cwd, file), printed(report, format, { color: false, width: 0 }));
  }
  if (html === undefined) return;
  const { proofPage } = await import('../../report/html/proof-page.ts');
  replaceFile(resolve(cwd, html), proofPage(report));
}

function printed(report: ProofReport, format: ProofOutput['format'], options: ReportOptions): string {
  if (format === 'json') return proofJson(report);
  return format === 'markdown' ? proofMarkdown(report) : proofPretty(report, options);
}
