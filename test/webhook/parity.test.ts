import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { type InstanceShelf, instanceShelf } from '../../src/context/instance-shelf.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import type { Document } from '../../src/document/document.ts';
import { toPlain } from '../../src/document/node.ts';
import { parseWith } from '../../src/document/parse.ts';
import { lint } from '../../src/lint/lint.ts';
import { documentFrom } from '../../webhook/surroundings.ts';
import { caseFiles, caseOf, ruleOf } from '../support/case.ts';
import { judgeFor } from '../support/judge.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Rules about how something is written: an object of an API server was never written. */
const aboutText = new Set([
  'api-nodeclaim-in-git',
  'api-controller-owned-field',
  'api-duplicate-key',
  'api-yaml-type',
  'gitops-duplicate-object',
]);

const isWhole = ({ root, objects, problems, notChecked, directives }: Document): boolean =>
  root !== undefined && objects.length === 1 && problems.length + notChecked.length + directives.length === 0;

/** What is said, without where in a text it stands. */
const said = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ rule }) => !aboutText.has(rule))
    .map(({ rule, code, severity, effect, message, path, object, check, fingerprint, suppressed }) =>
      JSON.stringify([rule, code, severity, effect, message, path, object, check, fingerprint, suppressed]),
    )
    .sort();

test('an object says the same of itself, written or sent by an API server', async () => {
  const ids = new Set(rules.map(({ id }) => id));
  const catalog = await loadCatalog();
  const shelves = new Map<string, InstanceShelf>();
  let compared = 0;
  const differing: string[] = [];
  for (const file of caseFiles('test/rules')) {
    const rule = rules.find(({ id }) => id === ruleOf(file));
    if (!rule || aboutText.has(rule.id) || ['Document', 'Allow', 'ChartValues'].includes(rule.on)) continue;
    const { files, facts: plain, policy } = caseOf(readFileSync(file, 'utf8'), rule, ids);
    const { karpenterMinor: karpenter, region, zones } = plain.target;
    const key = JSON.stringify([karpenter, region, zones]);
    const shelf = shelves.get(key) ?? instanceShelf(catalog, { karpenter });
    shelves.set(key, shelf);
    const facts = { ...plain, catalog, shelf };
    const judge = await judgeFor(facts.target.karpenterMinor);
    const written = [...files].flatMap(([name, text]) => parseWith({ file: name, text }, {}, composeYaml)).filter(isWhole);
    // One by one: the same name may stand in several files of a case.
    for (const document of written) {
      const sent = documentFrom(JSON.parse(JSON.stringify(document.root && toPlain(document.root))));
      const ask = (documents: readonly Document[]) => said(lint({ documents, rules: [rule], facts, policy, judge }).diagnostics);
      const [wanted, given] = [ask([document]), ask([sent])];
      if (wanted.join() !== given.join())
        differing.push(`${file}\n  written: ${wanted.join('\n  ')}\n  sent: ${given.join('\n  ')}`);
      compared++;
    }
  }
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(1000);
});
