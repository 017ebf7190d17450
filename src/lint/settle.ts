import type { Diagnostic, Finding, Location, Related, RelatedLocation, RenderedFix } from '../diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../document/document.ts';
import { MapNode, ScalarNode } from '../document/node.ts';
import { renderFix } from '../document/splice.ts';
import { type Place, pointer } from '../text/place.ts';
import type { Atlas } from './atlas.ts';
import { fingerprint } from './fingerprint.ts';
import { levelOf, type Policy, type Scope, type Setting } from './policy.ts';
import type { Rule } from './rule.ts';
import type { Suppressions } from './suppress.ts';

/** A finding and who made it. */
export interface Claim {
  readonly rule: Rule;
  readonly setting: Setting;
  readonly finding: Finding;
}

/** Levels, suppresses, completes and makes unique. */
export function settle(claims: readonly Claim[], policy: Policy, suppressed: Suppressions, map: Atlas): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const claim of claims) {
    const diagnostic = complete(claim, policy, suppressed, map);
    if (diagnostic) diagnostics.push(diagnostic);
  }
  return unique(diagnostics);
}

/** What is said twice in the same words of the same place is told once. */
export function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const prints = new Set<string>();
  const repeated = new Set<string>();
  for (const { fingerprint } of diagnostics) (prints.has(fingerprint) ? repeated : prints).add(fingerprint);
  if (repeated.size === 0) return diagnostics;
  const seen = new Set<string>();
  return diagnostics.filter(({ fingerprint, file, range, path, message }) => {
    if (!repeated.has(fingerprint)) return true;
    const identity = `${fingerprint} ${file} ${range?.start.offset ?? path} ${message}`;
    const isNew = !seen.has(identity);
    seen.add(identity);
    return isNew;
  });
}

function complete(
  { rule, setting, finding }: Claim,
  policy: Policy,
  suppressed: Suppressions,
  map: Atlas,
): Diagnostic | undefined {
  const effect = finding.effect ?? rule.effect;
  const isBroken = effect === 'rejected' || effect === 'dropped' || effect === 'inert';
  const severity = levelOf(rule, setting, policy.profile, finding.severity, isBroken);
  if (severity === 'off') return undefined;

  const { at } = finding;
  const object = map.objectAt(at);
  const { check, message } = finding;
  const print = fingerprint({ rule: rule.id, check, file: at.file, object: at.object, path: at.path, root: object?.node });
  const location = locate(at, map);
  const { file } = at;
  const target = {
    rule: rule.id,
    file,
    line: location.range?.start.line,
    scope: () => scopeOf(file, object),
    fingerprint: print,
  };
  const suppression = suppressed.of(target, object);
  return {
    rule: rule.id,
    code: rule.code,
    severity,
    effect,
    ...(check !== undefined && { check }),
    message,
    why: rule.why,
    docs: rule.docs,
    ...location,
    related: relatedOf(finding, map),
    ...(finding.evidence && { evidence: finding.evidence }),
    fixes: fixesOf(finding, map),
    fingerprint: print,
    assumptions: finding.assumptions ?? [],
    ...(suppression && { suppressed: suppression }),
  };
}

function relatedOf({ at, related = [] }: Finding, map: Atlas): readonly RelatedLocation[] {
  const anchored: readonly Related[] = at.anchor
    ? [
        {
          at: { file: at.file, path: at.path, span: at.anchor, ...(at.object && { object: at.object }) },
          message: 'the aliased value stands here',
        },
      ]
    : [];
  return [...anchored, ...related].map(({ at: place, message }) => ({ ...locate(place, map), message }));
}

/** Where there is no text to edit (an object of an API server) a fix is its title: what is to be done. */
function fixesOf({ at, fixes = [] }: Finding, map: Atlas): readonly RenderedFix[] {
  return fixes.flatMap((fix) => {
    const { title, safety } = fix;
    return renderFix(fix, map) ?? (at.span ? [] : [{ title, safety, edits: [] }]);
  });
}

function locate({ file, path, object, span }: Place, map: Atlas): Location {
  const range = span && map.lines(file)?.range(span);
  return { file, ...(range && { range }), ...(object && { object }), path: pointer(path) };
}

export function scopeOf(file: string, object: KubernetesObject | undefined): Scope {
  const metadata = object?.node.get('metadata');
  const labels = metadata instanceof MapNode ? metadata.get('labels') : undefined;
  const pairs = labels instanceof MapNode ? labels.entries : [];
  return {
    file,
    object: object?.node.frame?.object,
    labels: new Map(
      pairs.flatMap(({ key, value }) => (value instanceof ScalarNode ? [[String(key.value), String(value.value)] as const] : [])),
    ),
  };
}

export function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file, b.file) ||
    (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0) ||
    (a.range?.end.offset ?? 0) - (b.range?.end.offset ?? 0) ||
    compare(a.path, b.path) ||
    compare(a.rule, b.rule) ||
    compare(a.check ?? '', b.check ?? '') ||
    compare(a.message, b.message)
  );
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
