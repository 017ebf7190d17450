import type { Document, NotChecked } from '../../document/document.ts';
import { parse } from '../../document/parse.ts';
import type { Input } from '../files/input.ts';
import type { State } from '../git/change.ts';
import { patchFiles } from '../lint/kustomizations.ts';
import { KARPENTER, KARPENTER_GROUPS } from '../lint/wanted.ts';
import { sentence } from '../problem-sentence.ts';
import { UsageError } from '../usage-error.ts';

/** The documents that a proof is about, and what is no part of them. */
export interface ReadInputs {
  readonly documents: readonly Document[];
  readonly notRead: readonly NotChecked[];
  /** What is doubtful in what was read, a sentence each with its place. */
  readonly problems: readonly string[];
  /** Files that were asked for by name and hold nothing that could be asked about. */
  readonly owed: readonly string[];
}

/** Whatever is an object, or may be values of the chart. */
const wanted = new RegExp(`${KARPENTER.source}|\\bkind["']?\\s*:`, 'i');

/** Reads every object, whatever its kind. What does not parse and cannot be passed over ends the run. */
export async function readInputs({ inputs, read, unreadable }: State): Promise<ReadInputs> {
  for (const { file, fault } of unreadable) throw new UsageError(`${file} ${fault}`);
  const patches = await patchFiles(inputs, inputs, read);
  const all: Document[] = [];
  const owed: string[] = [];
  for (const input of inputs) {
    const content = read(input);
    if ('fault' in content) throw new UsageError(`${input.file} ${content.fault}`);
    const options = { ...(!input.isNamed && { wanted }), isPatch: patches.has(input.path) };
    const documents = await parse(content.source, options);
    refuseBroken(documents, input);
    if (input.isNamed && documents.some(isPassedOver)) owed.push(input.file);
    all.push(...documents);
  }
  return {
    documents: all,
    notRead: all.flatMap(({ notChecked }) => notChecked),
    problems: all
      .filter(({ root }) => root)
      .flatMap(({ source, problems }) => problems.map((problem) => sentence(source, problem))),
    owed,
  };
}

/** A text that is met on the way, does not parse and does not name a group of Karpenter's is somebody else's. */
function refuseBroken(documents: readonly Document[], { isNamed }: Input): void {
  for (const { source, span, root, problems } of documents) {
    const [problem] = problems;
    const isOurs = isNamed || KARPENTER_GROUPS.test(source.text.slice(span.start, span.end));
    if (!root && problem && isOurs) throw new UsageError(sentence(source, problem));
  }
}

/** A template or a patch. */
function isPassedOver({ objects, notChecked }: Document): boolean {
  return objects.length === 0 && notChecked.length > 0;
}
