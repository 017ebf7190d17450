import { describe, expect, test } from 'vitest';
import type { PodProof, Proof } from '../../src/prover/proof.ts';
import { proofMarkdown } from '../../src/report/proof-markdown.ts';
import { proofPretty } from '../../src/report/proof-pretty.ts';
import type { ProofReport } from '../../src/report/proof-report.ts';
import { humanAmount } from '../../src/report/proof-units.ts';
import { emptyReport, sampleProof, sampleReport } from './sample-proof.ts';

const paper = { color: false, width: 110 };
const [web] = sampleProof.pods as readonly [PodProof];

function withProof(proof: Partial<Proof>): ProofReport {
  return { ...sampleReport, proof: { ...sampleProof, ...proof } };
}

describe('pretty', () => {
  test('shows every kind of answer', async () => {
    const both = proofPretty(sampleReport, paper) + proofPretty(emptyReport, paper);
    await expect(both).toMatchFileSnapshot('../golden/report/proof.pretty.txt');
  });

  test('draws each conflict of a pod with its lines and its fix', () => {
    const text = proofPretty(withProof({ pools: [] }), paper);
    expect(text).toContain(`14 |       nodeSelector: { karpenter.sh/nodepool: gpu }
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
15 |       containers: [{ name: main }]
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the pod tolerates no taint
   = fix (unsafe): let the pod tolerate the taint
   +       tolerations:
   +         - key: nvidia.com/gpu
   +           operator: Exists
`);
  });

  test('colours only a terminal', () => {
    expect(proofPretty(sampleReport, paper)).not.toContain('\u001b');
    const colored = proofPretty(sampleReport, { ...paper, color: true });
    expect(colored).toContain('\u001b[1;31mrefuted\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(proofPretty(sampleReport, paper));
  });

  test('of thousands shows some in full and each by name', () => {
    const pods = Array.from({ length: 3000 }, (_, index) => ({ ...web, pod: `Deployment shop/web-${index}` }));
    const text = proofPretty(withProof({ pods }), paper);
    expect(text.match(/ {4}memory, bytes/g)).toHaveLength(3);
    expect(text.match(/: proved: Deployment/g)).toHaveLength(3000);
  });

  test('a name cannot steer the terminal', () => {
    const pods = [{ ...web, pod: 'Deployment a\u001b[2J\nb\u202e' }];
    expect(proofPretty(withProof({ pods }), paper)).toContain('Deployment a␛[2J␊b\ufffd');
  });
});

describe('markdown', () => {
  test('shows every kind of answer', async () => {
    await expect(proofMarkdown(sampleReport) + proofMarkdown(emptyReport)).toMatchFileSnapshot(
      '../golden/report/proof.markdown.txt',
    );
  });

  test('a name stays a name', () => {
    const hostile = '</details><img src=x onerror=alert(1)> | @everyone `x`';
    const pods = [
      { ...web, pod: hostile, verdict: 'unknown' as const, missing: [{ fact: 'x', says: hostile, supply: hostile }] },
    ];
    const text = proofMarkdown(withProof({ pods, unknowns: [{ fact: 'x', says: hostile, supply: hostile }] }));
    const outside = text.replace(/(`+)[^`].*?[^`]\1/g, '');
    expect(outside).not.toContain('<img');
    expect(outside).not.toContain('@everyone');
    expect(text.match(/<\/details>$/gm)).toHaveLength(text.match(/^<details>/gm)?.length ?? 0);
  });

  test('fits into a comment however much there is to say', () => {
    const pods = Array.from({ length: 500 }, (_, index) => ({
      ...(sampleProof.pods[1] as PodProof),
      pod: `Deployment ml/train-${index}`,
    }));
    expect(proofMarkdown(withProof({ pods })).length).toBeLessThan(65_536);
  });
});

test.each([
  ['memory', '8589934592', '8Gi'],
  ['memory', '104857600', '100Mi'],
  ['ephemeral-storage', '20', undefined],
  ['cpu', '0.07', '70m'],
  ['cpu', '0.0715', '71.5m'],
  ['cpu', '2', undefined],
  ['nvidia.com/gpu', '4', undefined],
  ['memory', '-1610612736', '-1.5Gi'],
])('%s %s is %s to people', (resource, exact, said) => {
  expect(humanAmount(resource, exact)).toBe(said);
});
