import { describe, expect, test } from 'vitest';
import { formats, loadReporter } from '../../src/report/formats.ts';
import { cleanReport, emptyReport, sampleReport } from './sample-report.ts';

const paper = { color: false, width: 100 };

describe.each(formats)('%s', async (format) => {
  const reporter = await loadReporter(format);
  const golden = (name: string): string => `../golden/report/${name}.${format}.txt`;

  test('prints every kind of finding', async () => {
    await expect(reporter(sampleReport, paper)).toMatchFileSnapshot(golden('sample'));
  });

  test('is honest about a clean run and about one that judged nothing', async () => {
    await expect(reporter(cleanReport, paper) + reporter(emptyReport, paper)).toMatchFileSnapshot(golden('clean'));
  });

  test('gives equal reports equal text', () => {
    expect(reporter(structuredClone({ ...sampleReport, rules: [] }), paper)).toBe(
      reporter({ ...sampleReport, rules: [] }, paper),
    );
  });
});

test('colours a terminal, and only with codes that end', async () => {
  const pretty = await loadReporter('pretty');
  await expect(pretty(sampleReport, { color: true, width: 72 })).toMatchFileSnapshot('../golden/report/color.pretty.txt');
});
