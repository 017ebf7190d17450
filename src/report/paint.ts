import type { Severity } from '../diagnostic/diagnostic.ts';

/** Colours for a terminal, or none. Wrap only text that is already safe to print. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly gutter: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
}

export function paint(color: boolean): Paint {
  const sgr = (code: string) => (text: string) => (color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    severity: { error: sgr('1;31'), warning: sgr('1;33'), info: sgr('1;36') },
    strong: sgr('1'),
    faint: sgr('2'),
    gutter: sgr('34'),
    added: sgr('32'),
    removed: sgr('31'),
  };
}
