/** One thing that was looked at. */
export interface Check {
  readonly id: string;
  /** `unknown`: it could not be looked at. */
  readonly state: 'ok' | 'wrong' | 'unknown';
  /** What was found, as one line. */
  readonly says: string;
  /** What to do; for everything that is not well. */
  readonly cure?: string;
}

export function ok(id: string, says: string): Check {
  return { id, state: 'ok', says };
}

export function wrong(id: string, says: string, cure: string): Check {
  return { id, state: 'wrong', says, cure };
}

export function unknown(id: string, says: string, cure: string): Check {
  return { id, state: 'unknown', says, cure };
}
