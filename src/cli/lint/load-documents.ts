import type { Document, NotChecked } from '../../document/document.ts';
import { isKarpenters } from '../../document/objects.ts';
import { type ParseOptions, parseQuick, parseWith } from '../../document/parse.ts';
import type { Source } from '../../text/place.ts';
import type { Input } from '../files/input.ts';
import type { Reader } from '../files/reader.ts';
import { patchFiles } from './kustomizations.ts';
import { HIDING, KARPENTER, KARPENTER_GROUPS, KARPENTER_OR_WORKLOADS, WORKLOADS } from './wanted.ts';

/** The documents of a run, and what could not become one. */
export interface Loaded {
  readonly documents: readonly Document[];
  readonly files: number;
  /** Files in which no word of Karpenter's stands. */
  readonly foreignFiles: number;
  readonly notChecked: readonly NotChecked[];
}

export interface Loading {
  readonly inputs: readonly Input[];
  readonly read: Reader;
  /** Whether rules of the run look at workloads. */
  readonly wantsWorkloads: boolean;
  /** Called before each file, so that an edge can show how far it is. */
  readonly onFile: (done: number) => void;
}

interface Opened {
  readonly input: Input;
  readonly source: Source;
}

/** Reads every input once and parses what can matter to the run. */
export async function loadDocuments({ inputs, read, wantsWorkloads, onFile }: Loading): Promise<Loaded> {
  const wanted: Opened[] = [];
  const workloads: Opened[] = [];
  const notChecked: NotChecked[] = [];
  for (const [done, input] of inputs.entries()) {
    onFile(done);
    const content = read(input);
    if ('fault' in content) {
      notChecked.push({ file: input.file, reason: 'unreadable', detail: content.fault });
      continue;
    }
    const { source, about } = content;
    if (input.isNamed || KARPENTER.test(about) || HIDING.test(about)) wanted.push({ input, source });
    else if (wantsWorkloads && WORKLOADS.test(about)) workloads.push({ input, source });
  }

  const patches = await patchFiles(
    wanted.map(({ input }) => input),
    inputs,
    read,
  );
  const parseAs = (words: RegExp) => (opened: Opened) => parseOne(opened, words, patches);
  const first = await inTurn(wanted, parseAs(KARPENTER));
  const parsed =
    wantsWorkloads && first.some(isOurs) ? await withWorkloads(first, workloads, parseAs(KARPENTER_OR_WORKLOADS)) : first;
  const documents = parsed.flatMap((one) => one.documents);
  const foreignFiles = inputs.length - notChecked.length - new Set(documents.map(({ source }) => source)).size;
  return { documents, files: inputs.length - notChecked.length, foreignFiles, notChecked };
}

interface Parsed extends Opened {
  readonly documents: readonly Document[];
}

function isOurs({ documents }: Parsed): boolean {
  return documents.some(({ objects }) => objects.some(({ apiVersion, kind }) => isKarpenters(apiVersion, kind)));
}

/** Of what is parsed already only a file with a workload that was passed over is parsed again. */
async function withWorkloads(first: readonly Parsed[], more: readonly Opened[], parse: ParseFile): Promise<readonly Parsed[]> {
  const isComplete = ({ source, documents }: Parsed): boolean =>
    documents.every(({ foreign, span }) => !foreign || !WORKLOADS.test(source.text.slice(span.start, span.end)));
  const again = await inTurn([...first.filter((one) => !isComplete(one)), ...more], parse);
  return [...first.filter(isComplete), ...again].sort(inOrder);
}

type ParseFile = (opened: Opened) => readonly Document[] | Promise<readonly Document[]>;

async function inTurn(files: readonly Opened[], parse: ParseFile): Promise<readonly Parsed[]> {
  const parsed: Parsed[] = [];
  for (const file of files) {
    const made = parse(file);
    parsed.push({ ...file, documents: made instanceof Promise ? await made : made });
  }
  return parsed;
}

function parseOne({ input, source }: Opened, words: RegExp, patches: ReadonlySet<string>): ReturnType<ParseFile> {
  const options: ParseOptions = { ...(!input.isNamed && { wanted: words }), isPatch: patches.has(input.path) };
  const quick = parseQuick(source, options);
  const finish = (documents: readonly Document[]) => (input.isNamed ? documents : documents.map(withoutStrangers));
  if (quick) return finish(quick);
  return import('../../document/compose-yaml.ts').then(({ composeYaml }) => finish(parseWith(source, options, composeYaml)));
}

/** What was met on the way, does not parse, and does not name a group of Karpenter's is somebody else's: listed, not judged. */
function withoutStrangers(document: Document): Document {
  const { source, span, notChecked, problems } = document;
  if (problems.length === 0 || !notChecked.some(({ reason }) => reason === 'unparseable')) return document;
  return KARPENTER_GROUPS.test(source.text.slice(span.start, span.end)) ? document : { ...document, problems: [] };
}

function inOrder(a: Opened, b: Opened): number {
  return a.input.file < b.input.file ? -1 : 1;
}
