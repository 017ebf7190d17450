import { describe, expect, test } from 'vitest';
import type { PodProof, PoolProof } from '../../src/prover/proof.ts';
import { html } from '../../src/report/html/markup.ts';
import { proofPage } from '../../src/report/html/proof-page.ts';
import { emptyReport, sampleProof, sampleReport } from './sample-proof.ts';

const page = proofPage(sampleReport);

describe('markup', () => {
  test('escapes texts, joins markup, and leaves out what is absent', () => {
    const item = (text: string) => html`<li title="${text}">${text}</li>`;
    expect(html`<ul>${[item(`<b>"'&`), item('b')]}${undefined}${false}${0}</ul>`.markup).toBe(
      '<ul><li title="&lt;b&gt;&quot;&#39;&amp;">&lt;b&gt;&quot;&#39;&amp;</li><li title="b">b</li>0</ul>',
    );
  });

  test('shows what would move the reading direction or hide', () => {
    expect(html`${'a\u202eb\u0000'}`.markup).toBe('a\ufffdb\u2400');
  });
});

describe('the page', () => {
  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|\son[a-z]+=|javascript:|@import|url\(|(?:src|href)="(?!#|data:,)/i);
    expect(page).toContain('content="default-src &#39;none&#39;;');
  });

  test('has every part', () => {
    const titles = [...page.matchAll(/<h2 [^>]*>([^<]*)/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Overview',
      'What stands in the way',
      'What is not known',
      'Pools and instance families',
      'How requirements narrow',
      'Pods on real nodes',
      'Which pool wins',
      'Spot diversity',
      'What this rests on',
    ]);
  });

  test('marks the guilty characters of the source', () => {
    expect(page).toContain('operator: In, values: <mark>[p3]</mark> }');
  });

  test('draws the shares of the arithmetic', () => {
    const cpu = /<span>cpu<\/span>.*?<\/svg>/.exec(page)?.[0] ?? '';
    const widths = [...cpu.matchAll(/class="(\w+)" x="([\d.]+)" width="([\d.]+)"/g)].map(([, ...parts]) => parts);
    expect(widths).toEqual([
      ['overhead', '0', '3.5'],
      ['daemons', '3.5', '2.5'],
      ['request', '6', '25'],
      ['left', '31', '69'],
    ]);
  });

  test('says so where nothing was to prove', () => {
    expect(proofPage(emptyReport)).toContain('nothing to prove: no pool and no workload in view');
  });

  test('no name becomes markup', () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    const [pool] = sampleProof.pools as readonly [PoolProof];
    const [pod] = sampleProof.pods as readonly [PodProof];
    const instanceTypes = { ...pool.instanceTypes, names: [hostile] };
    const proof = { ...sampleProof, pools: [{ ...pool, name: hostile, instanceTypes }], pods: [{ ...pod, pod: hostile }] };
    expect(proofPage({ ...sampleReport, proof })).not.toMatch(/<script|<img/);
  });
});
