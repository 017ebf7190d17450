import { resolve } from 'node:path';
import type { Document } from '../../document/document.ts';
import { parse } from '../../document/parse.ts';
import { lineIndex } from '../../text/lines.ts';
import { readDisk } from '../files/reader.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';

/** The state before a change, from a file of its own. One that cannot be read would make every change look allowed. */
export async function oldDocuments(file: string, { cwd }: Shell): Promise<readonly Document[]> {
  const content = readDisk({ path: resolve(cwd, file), file, isNamed: true });
  if ('fault' in content) throw new UsageError(`--old ${file} ${content.fault}`);
  const documents = await parse(content.source);
  const broken = documents.find(({ root, problems }) => root === undefined && problems.length > 0);
  const problem = broken?.problems[0];
  if (problem) {
    const { line, column } = lineIndex(content.source).range(problem.at.span ?? { start: 0, end: 0 }).start;
    throw new UsageError(`--old ${file}:${line}:${column}: ${problem.message}`);
  }
  if (!documents.some(({ objects }) => objects.length > 0)) throw new UsageError(`--old ${file} holds no Kubernetes object`);
  return documents;
}
