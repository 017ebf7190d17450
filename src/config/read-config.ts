import type { Document, Problem } from '../document/document.ts';
import { find, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import type { RecordShape } from '../lint/shape.ts';
import type { Config } from './config.ts';
import { configFrom, type Values } from './config-values.ts';
import { readNode } from './read-node.ts';

/** What a file says, or nothing if there is a mistake in it, and its documents with the mistakes as their problems. */
export interface Read<T> {
  readonly value: T | undefined;
  /** To be linted as any input: the `input-*` and `config-*` rules word the problems. */
  readonly documents: readonly Document[];
}

/** Reads `poolproof.yaml`. An empty file says nothing, which is no mistake. `today` is the day of the run as `2027-01-31`. */
export function readConfig(documents: readonly Document[], shape: RecordShape, today: string): Read<Config> {
  const { value, documents: judged } = readDocument(documents, shape, (root) => [...twiceNamed(root), ...expired(root, today)]);
  return { value: value && configFrom(value), documents: judged };
}

/** Reads the one document of a file by its shape; `more` judges what the shape cannot. */
export function readDocument(
  documents: readonly Document[],
  shape: RecordShape,
  more: (root: Node) => readonly Problem[],
): Read<Values> {
  const [first, ...rest] = documents.filter(({ root, problems, notChecked }) => root ?? problems[0] ?? notChecked[0]);
  if (!first) return { value: {}, documents };
  const problems: Problem[] = first.problems.map(asConfigProblem);
  const value = first.root ? readNode(first.root, shape, '', { root: shape, problems }) : undefined;
  if (first.root) problems.push(...more(first.root));
  problems.push(...first.notChecked.filter(({ reason }) => reason !== 'unparseable').map(notPlain), ...rest.map(second));
  const isSound = !problems.some(({ kind }) => kind !== 'config-allow-expired');
  return {
    value: isSound ? ((value ?? {}) as Values) : undefined,
    documents: documents.map((document) => (document === first ? { ...first, notChecked: [], problems } : document)),
  };
}

function asConfigProblem(problem: Problem): Problem {
  return problem.kind === 'duplicate-key' ? { ...problem, kind: 'config-duplicate-key' } : problem;
}

function notPlain({ file, span, detail }: Document['notChecked'][number]): Problem {
  const message = `nothing is filled in here, and this looks like a template: ${detail}`;
  return { kind: 'config-invalid-value', at: { file, path: [], ...(span && { span }) }, message };
}

function second({ source, root, span }: Document): Problem {
  const at = root?.keyAt ?? { file: source.file, path: [], span };
  return { kind: 'config-wrong-type', at: { ...at, file: source.file }, message: 'the file is one document; this is another' };
}

function twiceNamed(root: Node): readonly Problem[] {
  const names = itemsOf(root, 'clusters').flatMap((cluster) => scalar(cluster, 'name') ?? []);
  return names.flatMap((node, index) => {
    const first = names.slice(0, index).find((other) => other.source === node.source);
    const message = `there is another cluster "${node.source}"`;
    return first ? [{ kind: 'config-invalid-value' as const, at: node.at, message, related: first.at }] : [];
  });
}

function expired(root: Node, today: string): readonly Problem[] {
  return [...itemsOf(root, 'allow'), ...itemsOf(root, 'admission', 'exemptions')].flatMap((allow) => {
    const until = scalar(allow, 'until');
    if (!until || !/^\d{4}-\d{2}-\d{2}$/.test(until.source) || until.source >= today) return [];
    const message = `this ended on ${until.source}; findings of ${scalar(allow, 'rule')?.source ?? 'its rules'} are reported again`;
    return [{ kind: 'config-allow-expired' as const, at: until.at, message }];
  });
}

function itemsOf(root: Node, ...path: readonly string[]): readonly Node[] {
  const list = find(root, path);
  return list instanceof SeqNode ? list.items : [];
}

function scalar(node: Node, key: string): ScalarNode | undefined {
  const value = find(node, [key]);
  return value instanceof ScalarNode ? value : undefined;
}
