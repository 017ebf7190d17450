import type { Manifest } from '../../context/admission-objects.ts';
import type { Document } from '../../document/document.ts';
import { toPlain } from '../../document/node.ts';
import { parse } from '../../document/parse.ts';
import { chartValuesIn, isOn } from '../../model/chart-values.ts';
import { type LineIndex, lineIndex } from '../../text/lines.ts';
import type { Source, Span } from '../../text/place.ts';
import { expand } from '../files/expand.ts';
import { readStdin } from '../files/read-stdin.ts';
import { contentOf, readDisk } from '../files/reader.ts';
import { STDIN } from '../lint/judge-documents.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';

export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  /** The only input, if it is a JSON text with a list `objects`. */
  readonly scenario: unknown;
  /** The gate NodeOverlay as values of the Karpenter chart have it; undefined where none says it, or several disagree. */
  readonly nodeOverlay: boolean | undefined;
  /** What was not read as it stands, such as a template, with its place. */
  readonly problems: readonly string[];
}

/** Every object of every input, whatever its kind. */
export async function readManifests(
  operands: readonly string[],
  isOurs: (file: string) => boolean,
  shell: Shell,
): Promise<ReadManifests> {
  const sources = (await sourcesOf(operands, shell)).filter(({ file }) => file === STDIN || isOurs(file));
  const [only, ...others] = sources;
  const scenario = only && others.length === 0 ? scenarioIn(only) : undefined;
  if (scenario !== undefined) return { manifests: [], scenario, nodeOverlay: undefined, problems: [] };
  const manifests: Manifest[] = [];
  const problems: string[] = [];
  const gates = new Set<boolean | undefined>();
  for (const source of sources) {
    const documents = await parse(source);
    const isDoubtful = documents.some(({ problems, notChecked }) => problems.length + notChecked.length > 0);
    const index = isDoubtful ? lineIndex(source) : undefined;
    for (const document of documents) {
      const said = index ? problemsOf(document, index) : [];
      if (!document.root && document.problems.length > 0) throw new UsageError(said[0]);
      problems.push(...said);
      for (const { featureGates } of chartValuesIn(document)) {
        const gate = featureGates?.get('nodeOverlay');
        if (gate) gates.add(isOn(gate));
      }
      for (const { kind, node } of document.objects) manifests.push({ kind, value: toPlain(node) });
    }
  }
  return { manifests, scenario: undefined, nodeOverlay: gates.size === 1 ? [...gates][0] : undefined, problems };
}

/** Each where it stands, so that nobody takes an answer about half of the input for one about all of it. */
function problemsOf({ source, problems, notChecked }: Document, index: LineIndex): readonly string[] {
  const place = (span: Span = { start: 0, end: 0 }): string => {
    const { line, column } = index.range(span).start;
    return `${source.file}:${line}:${column}`;
  };
  return [
    ...problems.map(({ at, message }) => `${place(at.span)}: ${message}`),
    ...notChecked.map(({ span, detail }) => `${place(span)}: ${detail}`),
  ];
}

async function sourcesOf(operands: readonly string[], { cwd }: Shell): Promise<readonly Source[]> {
  const paths = operands.filter((operand) => operand !== '-');
  const where = { cwd, isExcluded: () => false, commands: [], mayBeEmpty: false };
  const { inputs } = expand(paths, where);
  const contents = inputs.map((input) => ({ input, content: readDisk(input) }));
  const sources = contents.map(({ input, content }) => {
    if ('fault' in content) throw new UsageError(`${input.file} ${content.fault}`);
    return content.source;
  });
  if (!operands.includes('-')) return sources;
  const bytes = await readStdin();
  if (bytes.length === 0) throw new UsageError('standard input is empty: there is nothing to simulate');
  const piped = contentOf(STDIN, bytes);
  if ('fault' in piped) throw new UsageError(`standard input ${piped.fault}`);
  return [...sources, piped.source];
}

function scenarioIn({ text }: Source): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as { readonly objects?: unknown };
    return Array.isArray(value.objects) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
