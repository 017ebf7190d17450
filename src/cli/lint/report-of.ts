import { targetOf } from '../../config/target-of.ts';
import type { Document, NotChecked } from '../../document/document.ts';
import { isKarpenters } from '../../document/objects.ts';
import type { NotCheckedInput, Report, Summary } from '../../report/report.ts';
import { type LineIndex, lineIndex } from '../../text/lines.ts';
import type { Source } from '../../text/place.ts';
import { version } from '../version.ts';
import type { Judged } from './judge-documents.ts';
import type { Loaded } from './load-documents.ts';
import type { Plan } from './plan.ts';

/** What one run has to say. */
export function reportOf(loaded: Loaded, judged: Judged, plan: Plan, showsSuppressed: boolean): Report {
  const { documents } = loaded;
  const { settings, rules, configDocuments } = plan;
  const notChecked = [...loaded.notChecked, ...documents.flatMap((document) => document.notChecked)];
  return {
    tool: { name: 'poolproof', version },
    target: targetOf(settings),
    catalogAsOf: judged.catalogAsOf,
    summary: summaryOf(loaded, judged),
    notChecked: located(notChecked, documents),
    skipped: judged.skipped,
    diagnostics: showsSuppressed ? judged.diagnostics : judged.diagnostics.filter(({ suppressed }) => !suppressed),
    sources: new Map([...configDocuments, ...documents].map(({ source }) => [source.file, source])),
    rules,
    failOn: settings.failOn,
  };
}

function summaryOf({ documents, files, foreignFiles }: Loaded, { diagnostics }: Judged): Summary {
  const heard = diagnostics.filter(({ suppressed }) => !suppressed);
  const count = (level: string): number => heard.filter(({ severity }) => severity === level).length;
  const objects = documents.flatMap((document) => document.objects);
  const ours = objects.filter(({ apiVersion, kind }) => isKarpenters(apiVersion, kind)).length;
  const foreign = documents.filter((document) => document.foreign).length;
  return {
    files,
    documents: documents.length + foreignFiles,
    objects: ours,
    otherObjects: objects.length - ours + foreign + foreignFiles,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: diagnostics.length - heard.length,
  };
}

function located(notChecked: readonly NotChecked[], documents: readonly Document[]): readonly NotCheckedInput[] {
  const sources = new Map(documents.map(({ source }) => [source.file, source]));
  const indexes = new Map<Source, LineIndex>();
  return notChecked.map(({ file, span, reason, detail }) => {
    const source = sources.get(file);
    const index = source && (indexes.get(source) ?? lineIndex(source));
    if (source && index) indexes.set(source, index);
    return { file, ...(span && index && { range: index.range(span) }), reason, detail };
  });
}
