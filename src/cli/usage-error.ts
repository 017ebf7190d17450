/** The tool was called wrongly, or cannot reach what it was told to read: said in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
