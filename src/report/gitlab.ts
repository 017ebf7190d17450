import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { Report } from './report.ts';
import { visible } from './visible.ts';
import { home } from './where.ts';

/**
 * A Code Quality report, which GitLab compares between branches by fingerprint. It knows no suppressed issues, so those are
 * left out, and it wants a line for each, so what has none is put on the first.
 */
export function gitlab({ diagnostics }: Report): string {
  const seen = new Map<string, number>();
  const issues = diagnostics.filter(({ suppressed }) => !suppressed).map((diagnostic) => issue(diagnostic, seen));
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function issue(diagnostic: Diagnostic, seen: Map<string, number>): object {
  const { rule, message, why, docs, range, effect, severity } = diagnostic;
  return {
    type: 'issue',
    check_name: rule,
    description: visible(message),
    content: { body: `${why}\n\n${docs}` },
    categories: ['Bug Risk'],
    severity: effect === 'rejected' && severity === 'error' ? 'blocker' : severities[severity],
    fingerprint: unique(diagnostic.fingerprint, seen),
    location: {
      path: home(diagnostic).replace(/^(?:\.\/)+/, ''),
      positions: {
        begin: { line: range?.start.line ?? 1, column: range?.start.column ?? 1 },
        end: { line: range?.end.line ?? 1, column: range?.end.column ?? 1 },
      },
    },
  };
}

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** GitLab drops an issue whose fingerprint it has seen. */
function unique(fingerprint: string, seen: Map<string, number>): string {
  const before = seen.get(fingerprint) ?? 0;
  seen.set(fingerprint, before + 1);
  return before === 0 ? fingerprint : `${fingerprint}-${before + 1}`;
}
