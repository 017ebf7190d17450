import { dirname, resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import type { EngineInput } from '../../../webhook/engine.ts';
import { type Settings, settingsFrom } from '../../config/settings.ts';
import { declaredPods } from '../../prover/declared-pods.ts';
import { formats } from '../../report/formats.ts';
import { clusterSaid } from '../config/cluster-said.ts';
import { configMistake } from '../config/config-mistake.ts';
import { loadConfig } from '../config/load-config.ts';
import { environmentConfig } from '../config/said-config.ts';
import { readJson } from '../files/read-json.ts';
import { awsFactsFor } from '../lint/aws-facts-for.ts';
import { openBaseline } from '../lint/baseline-file.ts';
import { openCatalog } from '../lint/catalog-for.ts';
import { dayOf } from '../lint/instant.ts';
import type { Shell } from '../shell.ts';
import { isUsageError } from '../usage-error.ts';

export type LoadedInput = { readonly value: EngineInput; readonly folders: readonly string[] } | { readonly fault: string };

/** What a server is told of its configuration. */
export interface Asked {
  readonly config: string | undefined;
  /** Which of the clusters in it is served. */
  readonly cluster: string | undefined;
}

/** Reads the configuration and every file that it names, and looks through them: what is wrong with one is a sentence. */
export async function loadInput(asked: Asked, shell: Shell): Promise<LoadedInput> {
  try {
    return await load(asked, shell);
  } catch (error) {
    if (isUsageError(error)) return { fault: error.message };
    throw error;
  }
}

async function load({ config, cluster }: Asked, shell: Shell): Promise<LoadedInput> {
  const loaded = await loadConfig(config, shell.cwd, { rules, formats }, dayOf(Date.now()));
  if (!loaded.value) return { fault: configMistake(loaded.documents) };
  const sources = { flags: {}, environment: environmentConfig(shell.environment), file: loaded.value };
  // Nothing in a cluster has a path: the globs that tell clusters apart are no use.
  const { clusters: _, ...settings } = settingsFrom(sources, clusterSaid(cluster, loaded.value.clusters ?? []));
  const named = filesOf(settings).map((file) => resolve(shell.cwd, file));
  // For their judgement only: what is wrong with a file they say as a sentence.
  awsFactsFor(settings);
  if (settings.catalog !== undefined) await openCatalog(settings);
  const { accepted } = await openBaseline(settings.baseline, {}, shell);
  const { catalog, awsFacts = [] } = settings;
  const value: EngineInput = {
    settings,
    catalogFile: catalog === undefined ? undefined : { name: catalog, content: readJson(catalog, '--catalog') },
    awsAnswers: awsFacts.map((file) => readJson(file, '--aws-facts')),
    accepted: [...accepted],
    declaredPods: declaredPods(loaded.documents),
  };
  return { value, folders: [...new Set([loaded.folder, ...named.map(dirname)])].sort() };
}

function filesOf({ catalog, awsFacts = [], baseline }: Settings): readonly string[] {
  return [catalog, baseline, ...awsFacts].filter((file) => file !== undefined);
}
