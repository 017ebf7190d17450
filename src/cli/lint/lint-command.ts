import { relative, resolve, sep } from 'node:path';
import { rules } from '../../../rules/index.ts';
import type { Config } from '../../config/config.ts';
import { pathMatcher } from '../../config/glob.ts';
import { printConfig } from '../../config/print-config.ts';
import { type Settings, type Sources, settingsFrom } from '../../config/settings.ts';
import { formats } from '../../report/formats.ts';
import { camel } from '../config/fact-flags.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { environmentConfig, factsSaid, hint, rulesSaid } from '../config/said-config.ts';
import { expand } from '../files/expand.ts';
import { readDisk } from '../files/reader.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { judgeDocuments } from './judge-documents.ts';
import type { LintFlags } from './lint-flags.ts';
import { loadDocuments } from './load-documents.ts';
import { outputsFrom, print } from './outputs.ts';
import type { Plan } from './plan.ts';
import { reportOf } from './report-of.ts';
import { untimed } from './timing.ts';
import { unjudged } from './unjudged.ts';

export async function lintCommand(operands: readonly string[], flags: LintFlags, shell: Shell): Promise<ExitCode> {
  const config = await loadConfig(flags.config, shell.cwd, { rules, formats }, '2026-11-24');
  const plan = planFrom(config, flags, shell);
  const isIgnored = pathMatcher(plan.settings.ignore ?? []);
  const expansion = expand(operands, {
    cwd: shell.cwd,
    isExcluded: (path) => isIgnored(relative(config.folder, path)),
    commands: ['lint', 'explain', 'rules'],
  });
  const outputs = outputsFrom(plan.settings.format as readonly string[] | undefined, shell);
  const loaded = await loadDocuments({ inputs: expansion.inputs, read: readDisk, wantsWorkloads: false, onFile: () => undefined });
  const judged = await judgeDocuments({ documents: loaded.documents, before: undefined, baseline: new Map() }, plan);
  await print(reportOf(loaded, judged, plan, false), outputs, shell);
  if (unjudged(loaded, expansion.inputs).length > 0) return 2;
  return judged.fails ? 1 : 0;
}

function planFrom(config: LoadedConfig, flags: LintFlags, shell: Shell): Plan {
  const sources: Sources = { flags: {}, environment: environmentConfig(shell.environment), file: config.value ?? {} };
  const settings = settingsFrom(sources);
  return {
    sources,
    settings,
    cluster: flags.cluster,
    rules,
    pathOf: (file) => relative(config.folder, resolve(shell.cwd, file)),
    configDocuments: config.documents,
    now: Date.now(),
    timing: untimed,
  };
}
