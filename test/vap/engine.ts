import { rules } from '../../rules/index.ts';
import { karpenterMinors, minorOf } from '../../src/algebra/version.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { configShape } from '../../src/config/config-shape.ts';
import { policyOf } from '../../src/config/policy-of.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { settingsFrom } from '../../src/config/settings.ts';
import { sharedSettings, targetOf } from '../../src/config/target-of.ts';
import { judgeWith } from '../../src/context/judge.ts';
import { dedent } from '../../src/derive/dedent.ts';
import type { Diagnostic, Severity } from '../../src/diagnostic/diagnostic.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { fromObject } from '../../src/document/from-object.ts';
import { parseWith } from '../../src/document/parse.ts';
import { lint } from '../../src/lint/lint.ts';
import { loadSchemas } from '../../src/model/schema/load.ts';
import { formats } from '../../src/report/formats.ts';

/** The texts of all rules' examples. */
export const examples: readonly string[] = rules.flatMap(({ bad, good }) => [dedent(bad), dedent(good)]);

/** Every rule that has a condition, at a level at which it speaks: also those that no profile switches on. */
export const everyCondition: Readonly<Record<string, { readonly level: Severity }>> = Object.fromEntries(
  rules
    .filter(({ cel, effect }) => cel !== undefined && effect !== 'rejected')
    .map(({ id, severity }) => [id, { level: severity === 'off' ? 'info' : severity }]),
);

/** What the engine says of one object of a cluster, by itself, under a configuration given as JSON. */
export async function engine(text: string): Promise<(object: unknown) => readonly Diagnostic[]> {
  const documents = parseWith({ file: 'poolproof.json', text }, {}, composeYaml);
  const { value } = readConfig(documents, configShape({ rules, formats }), '2026-11-24');
  if (!value) throw new Error('the configuration is not valid');
  const settings = settingsFrom({ flags: {}, environment: {}, file: value });
  const minor = minorOf(settings.karpenterVersion);
  if (!karpenterMinors.includes(minor)) throw new Error(`no Karpenter ${minor}`);
  const judge = judgeWith(await loadSchemas(minor, ['NodePool', 'EC2NodeClass', 'NodeOverlay']));
  const policy = policyOf(settings, { pathOf: (file) => file, baseline: new Map() });
  const facts = {
    target: targetOf(settings),
    now: Date.UTC(2026, 10, 24),
    settings: sharedSettings(settings),
    ruleIds: new Set(rules.map(({ id }) => id)),
    catalog: await loadCatalog(),
  };
  const conditions = rules.filter(({ cel }) => cel !== undefined);
  return (object) => {
    const { diagnostics } = lint({ documents: [fromObject(object, '')], rules: conditions, facts, policy, judge });
    return diagnostics.filter(({ suppressed }) => !suppressed);
  };
}
