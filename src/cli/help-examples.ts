/** The part with which every help begins: what people type, and what it does. */
export function helpExamples(...lines: readonly (readonly [command: string, says: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `Examples:\n${lines.map(([command, says]) => `  ${command.padEnd(width)}  ${says}\n`).join('')}`;
}
