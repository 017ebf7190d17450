import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { github } from '../../src/report/github.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { json } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import type { Report, Reporter } from '../../src/report/report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { artifactLocation } from '../../src/report/sarif-location.ts';
import { visible } from '../../src/report/visible.ts';
import { cleanReport, emptyReport, sampleReport } from './sample-report.ts';
import { all, readXml } from './xml-reader.ts';

const reports = { sample: sampleReport, clean: cleanReport, empty: emptyReport };
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(']]>', '<!--', '%0A::error::', '\ud800', '\u202e', 'a:b,c\r\nd'),
);

/** A report of one finding with texts nobody controls. */
const anyReport = fc
  .record({ message: anyText, file: anyText, why: anyText, reason: anyText, line: fc.nat() })
  .map(({ message, file, why, reason, line }): Report => {
    const at = { line: line + 1, column: 1, offset: 0 };
    const [first] = sampleReport.diagnostics;
    const diagnostic = { ...(first as Diagnostic), message, file, why, range: { start: at, end: at } };
    return { ...cleanReport, diagnostics: [diagnostic, { ...diagnostic, suppressed: { by: 'config', reason } }] };
  });

describe('json', () => {
  const validate = new Ajv({ allErrors: true }).compile(schemaIn('schema/lint.schema.json'));

  test.each(Object.entries(reports))('%s keeps to the published schema', (_, report) => {
    validate(JSON.parse(json(report)));
    expect(validate.errors).toBeNull();
  });

  test('the schema refuses what the contract does not know', () => {
    const parsed = JSON.parse(json(sampleReport));
    expect(validate({ ...parsed, version: 2 })).toBe(false);
    expect(validate({ ...parsed, diagnostics: [{ ...parsed.diagnostics[0], effect: 'harmless' }] })).toBe(false);
    expect(validate({ ...parsed, diagnostics: [{ ...parsed.diagnostics[0], range: { start: {}, end: {} } }] })).toBe(false);
  });

  test('keeps every text as it is', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [found] = JSON.parse(json(report)).diagnostics;
        expect([found.message, found.file]).toEqual([report.diagnostics[0]?.message, report.diagnostics[0]?.file]);
      }),
    );
  });
});

describe('sarif', () => {
  const { id: $id, $schema: _, ...schema } = schemaIn('test/fixtures/sarif-2.1.0-rtm.5.json');
  const formats = { uri: /^[a-z]+:[!-~]+$/, 'uri-reference': /^[!-~]*$/, 'date-time': /^\d{4}-\d\d-\d\dT/ };
  const validate = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile({ $id, ...schema });

  test.each(Object.entries(reports))('%s is SARIF 2.1.0', (_, report) => {
    validate(JSON.parse(sarif(report)));
    expect(validate.errors).toBeNull();
  });

  test('a fix without an edit is left out', () => {
    const [first] = sampleReport.diagnostics as readonly [Diagnostic];
    const diagnostics = [{ ...first, fixes: [{ title: 'think', safety: 'unsafe' as const, edits: [] }] }];
    validate(JSON.parse(sarif({ ...sampleReport, diagnostics })));
    expect(validate.errors).toBeNull();
  });

  test('the schema is one that can refuse', () => {
    const log = JSON.parse(sarif(sampleReport));
    log.runs[0].results[0].level = 'info';
    expect(validate(log)).toBe(false);
  });

  test('stays SARIF whatever files and messages hold', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        validate(JSON.parse(sarif(report)));
        expect(validate.errors).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test('a result points at its rule', () => {
    const [run] = JSON.parse(sarif(sampleReport)).runs;
    const named = run.results.filter(({ ruleIndex }: { ruleIndex?: number }) => ruleIndex !== undefined);
    expect(named.map((result: { ruleIndex: number }) => run.tool.driver.rules[result.ruleIndex].id)).toEqual(
      named.map(({ ruleId }: { ruleId: string }) => ruleId),
    );
    expect(named).toHaveLength(2);
  });

  test('all results say whether they are suppressed, or none does', () => {
    const some = JSON.parse(sarif(sampleReport)).runs[0].results;
    expect(some.map(({ suppressions }: { suppressions: object[] }) => suppressions.length)).toEqual([0, 0, 0, 0, 1, 0]);
    const none = JSON.parse(sarif({ ...sampleReport, diagnostics: sampleReport.diagnostics.slice(0, 2) })).runs[0].results;
    expect(none.some((result: object) => 'suppressions' in result)).toBe(false);
  });

  test.each([
    ['a b/100%.yaml', 'a%20b/100%25.yaml'],
    ['./x.yaml', 'x.yaml'],
    ['../x.yaml', '../x.yaml'],
    ['a:b.yaml', 'a%3Ab.yaml'],
    ['ü/🚀.yaml', '%C3%BC/%F0%9F%9A%80.yaml'],
    ['<stdin>', '%3Cstdin%3E'],
    ['dir\\win.yaml', 'dir/win.yaml'],
    ['/abs/x#y.yaml', 'file:///abs/x%23y.yaml'],
    ['C:\\k8s\\x y.yaml', 'file:///C:/k8s/x%20y.yaml'],
  ])('%s is %s', (file, uri) => {
    expect(artifactLocation(file).uri).toBe(uri);
  });
});

describe.each([
  ['checkstyle', checkstyle as Reporter, 'error'],
  ['junit', junit as Reporter, 'failure'],
] as const)('%s', (_, reporter, name) => {
  test('is XML with noncharacters that XML cannot spell', () => {
    const [first] = sampleReport.diagnostics as readonly [Diagnostic];
    const diagnostics = [{ ...first, message: 'a\ufffe\uffffb' }];
    const [found] = all(readXml(reporter({ ...sampleReport, diagnostics }, { color: false, width: 0 })), name);
    expect(found?.attributes.get('message')).toBe('a\ufffd\ufffdb');
  });

  test('is XML with the message in it, whatever that holds', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [found] = all(readXml(reporter(report, { color: false, width: 0 })), name);
        const lines = (report.diagnostics[0]?.message ?? '').split(/\r?\n/).map(visible);
        expect(found?.attributes.get('message')).toBe(lines.join('\n').replaceAll(/[\ufffe\uffff]/g, '\ufffd'));
      }),
    );
  });
});

describe('junit', () => {
  const outcomes = (report: Report) => {
    const root = readXml(junit(report));
    const counts = ['tests', 'failures', 'skipped'].map((key) => Number(root.attributes.get(key)));
    expect(counts).toEqual(['testcase', 'failure', 'skipped'].map((name) => all(root, name).length));
    return counts;
  };

  test.each([
    ['error', 3],
    ['warning', 4],
    ['info', 5],
    ['never', 0],
  ] as const)('fails on %s: as many cases as make the run fail', (failOn, failures) => {
    expect(outcomes({ ...sampleReport, failOn })).toEqual([9, failures, 3]);
  });

  test('a run that judged nothing does not pass', () => {
    expect(outcomes(emptyReport)).toEqual([1, 0, 1]);
    expect(outcomes(cleanReport)).toEqual([1, 0, 0]);
  });
});

describe('github', () => {
  test('one line a finding, from which a runner reads the texts back', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = github(report).split('\n');
        expect(lines).toHaveLength(3);
        const [, properties = '', data = ''] = /^::error (.*?)::(.*)$/.exec(lines[0] ?? '') ?? [];
        const file = properties.split(',').find((pair) => pair.startsWith('file='));
        const [first] = report.diagnostics;
        expect(file ? decoded(file.slice('file='.length)) : '').toBe(visible(first?.file ?? ''));
        expect(decoded(data).split('\n')[0]).toBe(visible(first?.message ?? ''));
      }),
    );
  });
});

describe('gitlab', () => {
  test('no two issues have one fingerprint, and a path has no leading dot', () => {
    const [first] = sampleReport.diagnostics;
    const twice = { ...(first as Diagnostic), file: './a.yaml' };
    const issues = JSON.parse(gitlab({ ...sampleReport, diagnostics: [twice, twice] }));
    expect(issues.map((issue: { fingerprint: string }) => issue.fingerprint)).toEqual(['00000000000000a1', '00000000000000a1-2']);
    expect(issues[0].location.path).toBe('a.yaml');
  });

  test('leaves suppressed findings out', () => {
    expect(JSON.parse(gitlab(sampleReport))).toHaveLength(5);
  });
});

/** What a runner does to a property or to the text of a command. */
function decoded(text: string): string {
  return text
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function schemaIn(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
