import { karpenterMinors } from '../algebra/version.ts';
import type { ExitCode, Shell } from './shell.ts';
import { version } from './version.ts';

export function versionCommand({ stdout }: Shell): ExitCode {
  stdout.write(
    `poolproof ${version} (Karpenter ${karpenterMinors[0]} to ${karpenterMinors.at(-1)}, Node.js ${process.versions.node})\n`,
  );
  return 0;
}
