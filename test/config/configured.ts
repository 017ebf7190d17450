import { rules } from '../../rules/index.ts';
import type { Config } from '../../src/config/config.ts';
import { configShape } from '../../src/config/config-shape.ts';
import { type Read, readConfig } from '../../src/config/read-config.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import type { Document } from '../../src/document/document.ts';
import { parseWith } from '../../src/document/parse.ts';
import type { RecordShape } from '../../src/lint/shape.ts';
import { formats } from '../../src/report/formats.ts';
import { lineIndex } from '../../src/text/lines.ts';

export const shape: RecordShape = configShape({ rules, formats });

export function documentsOf(text: string, file = 'poolproof.yaml'): readonly Document[] {
  return parseWith({ file, text }, {}, composeYaml);
}

export function read(text: string): Read<Config> {
  return readConfig(documentsOf(text), shape, '2026-11-24');
}

/** What a sound configuration says. */
export function config(text: string): Config {
  const { value, documents } = read(text);
  if (!value) throw new Error(mistakes(documents).join('\n'));
  return value;
}

/** Each mistake as `line:column kind: message`. */
export function mistakes(documents: readonly Document[]): readonly string[] {
  return documents.flatMap(({ source, problems }) =>
    problems.map(({ kind, at, message }) => {
      const start = at.span && lineIndex(source).range(at.span).start;
      return `${start?.line}:${start?.column} ${kind}: ${message}`;
    }),
  );
}
