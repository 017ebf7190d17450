/**
 * Poolproof as a library: `parse` documents, load what the target needs, `lint`. Nothing here reads a disk, a clock or a network.
 *
 *   const documents = await parse({ file: 'pool.yaml', text });
 *   const schemas = await loadSchemas('1.15', kindsIn(documents.flatMap(({ objects }) => objects)));
 *   const { diagnostics } = lint({ documents, rules, facts, policy: plainPolicy, judge: judgeWith(schemas) });
 */
export { rules } from '../rules/index.ts';
export type { Minor } from './algebra/version.ts';
export { karpenterMinors } from './algebra/version.ts';
export type { Catalog } from './catalog/catalog.ts';
export { loadCatalog } from './catalog/load.ts';
export type { Context, Subjects } from './context/context.ts';
export { judgeWith, kindsIn } from './context/judge.ts';
export type { Judge } from './context/link.ts';
export type {
  Diagnostic,
  Edit,
  Evidence,
  Finding,
  Fix,
  Location,
  Op,
  RenderedFix,
  Severity,
  Suppression,
} from './diagnostic/diagnostic.ts';
export type { Document, KubernetesObject, NotChecked } from './document/document.ts';
export { parse } from './document/parse.ts';
export type { Job, Verdict } from './lint/lint.ts';
export { lint } from './lint/lint.ts';
export type { ConfiguredAllow, Override, Policy, RuleSetting, Scope } from './lint/policy.ts';
export { plainPolicy } from './lint/policy.ts';
export type { Level, Parameter, Rule } from './lint/rule.ts';
export type { Skipped } from './lint/triage.ts';
export type { Facts, Need, Profile, Target, World } from './lint/world.ts';
export type { Schemas } from './model/schema/load.ts';
export { loadSchemas } from './model/schema/load.ts';
export type { Position, Range } from './text/lines.ts';
export type { Located, ObjectIdentity, Path, Place, Source, Span } from './text/place.ts';
