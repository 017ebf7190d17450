import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clusterFacts, sharedParameters } from '../../src/config/keys.ts';
import { mistakes, read, shape } from './configured.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const examples = Array.from(page.matchAll(/^```yaml\n(.*?)^```/gms), ([, example = '']) => example);

describe('docs/configuration.md', () => {
  test.each(examples)('is read without a mistake: %s', (example) => {
    expect(mistakes(read(example).documents)).toEqual([]);
  });

  test('names every key', () => {
    const keys = [...Object.keys(shape.keys), ...Object.keys(clusterFacts), ...Object.keys(sharedParameters)];
    expect(keys.filter((key) => !page.includes(key))).toEqual([]);
  });
});
