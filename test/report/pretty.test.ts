import { describe, expect, test } from 'vitest';
import type { Diagnostic, Severity } from '../../src/diagnostic/diagnostic.ts';
import { compact } from '../../src/report/compact.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { markdown } from '../../src/report/markdown.ts';
import { pretty } from '../../src/report/pretty.ts';
import { cleanReport, emptyReport, sampleReport } from './sample-report.ts';

const paper = { color: false, width: 80 };
const [weight, limits] = sampleReport.diagnostics as readonly [Diagnostic, Diagnostic];

const many = (number: number, rule: string, severity: Severity): readonly Diagnostic[] =>
  Array.from({ length: number }, (_, index) => ({
    ...limits,
    rule,
    severity,
    file: `f${index % 7}.yaml`,
    related: [],
    fixes: [],
  }));

describe('pretty with hundreds of findings', () => {
  const diagnostics = [
    ...many(400, 'budget-no-floor', 'warning'),
    ...many(3, 'late-error', 'error'),
    ...many(90, 'req-none', 'info'),
  ];
  const text = pretty({ ...sampleReport, diagnostics }, paper);

  test('shows a few of each rule, errors above all', () => {
    const shown = (rule: string) =>
      text.split('\n').filter((line) => /^f\d\.yaml:/.test(line) && line.includes(`[${rule}]`)).length;
    expect([shown('budget-no-floor'), shown('late-error'), shown('req-none')]).toEqual([5, 3, 5]);
  });

  test('counts the rest and says how to see it', () => {
    expect(text).toContain('480 findings not shown in full (--format compact lists every one):\n');
    expect(text).toContain('  warning[budget-no-floor]: 395 more in 7 files, the first at f5.yaml:6:3\n');
    expect(text).toContain('  info[req-none]: 85 more in 7 files, the first at f5.yaml:6:3\n');
    expect(compact({ ...sampleReport, diagnostics, notChecked: [] }, paper).split('\n')).toHaveLength(494);
  });

  test('at most fifty are shown in full, however many rules there are', () => {
    const rules = Array.from({ length: 60 }, (_, index) => many(1, `rule-${index}`, 'warning')).flat();
    expect(pretty({ ...sampleReport, diagnostics: rules }, paper).match(/^ {3}= why: /gm)).toHaveLength(50);
  });

  test('of those fifty none goes to a milder finding while a graver one waits', () => {
    const rules = (number: number, severity: Severity) =>
      Array.from({ length: number }, (_, index) => many(1, `${severity}-${index}`, severity)).flat();
    const text = pretty({ ...sampleReport, diagnostics: [...rules(55, 'info'), ...rules(10, 'error')] }, paper);
    expect([text.match(/: error\[/g)?.length, text.match(/: info\[/g)?.length]).toEqual([10, 40]);
  });

  test('a comment for a pull request is cut, and says so', () => {
    const text = markdown({ ...sampleReport, diagnostics });
    expect(text).toContain('\nand 443 more findings\n');
    expect(text.length).toBeLessThan(65_536);
  });
});

describe('pretty', () => {
  test('keeps within the width where words allow', () => {
    const lines = pretty(sampleReport, { color: false, width: 60 })
      .split('\n')
      .filter((line) => /^ /.test(line));
    for (const line of lines.filter((each) => !each.includes(':::') && each.includes(' ')))
      expect(displayWidth(line)).toBeLessThanOrEqual(60);
  });

  test('a source that is not at hand costs the frame and nothing else', () => {
    const text = pretty({ ...sampleReport, sources: new Map(), diagnostics: [weight] }, paper);
    expect(text).toContain('clusters/a b/pools.yaml:5:11: error[weight-out-of-range]');
    expect(text).not.toMatch(/^ *\d* [|+-] /m);
  });

  test('says once how to accept a finding, and not for one that no comment can reach', () => {
    expect(pretty(sampleReport, paper).match(/poolproof: allow/g)).toHaveLength(1);
    const { object: _, ...unreadable } = weight;
    expect(pretty({ ...sampleReport, diagnostics: [unreadable] }, paper)).not.toContain('poolproof: allow');
  });

  test('colours nothing that was not asked for, and ends every colour', () => {
    expect(pretty(sampleReport, paper)).not.toContain('\u001b');
    const colored = pretty(sampleReport, { color: true, width: 80 });
    for (const line of colored.split('\n')) expect((line.split('\u001b').length - 1) % 2).toBe(0);
  });

  test('does not call clean what was not looked at', () => {
    expect(pretty(cleanReport, paper)).toBe('checked 12 objects in 5 files: no findings (Karpenter 1.15, profile recommended)\n');
    expect(pretty(emptyReport, paper)).toBe('checked nothing: no object to judge in 5 files\n');
    expect(pretty({ ...cleanReport, notChecked: sampleReport.notChecked }, paper)).toMatch(
      /^charts\/pool\.yaml:3:3: not checked: /,
    );
  });
});
