import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { ClusterFacts, Config } from '../../config/config.ts';
import { configShape, type Offer } from '../../config/config-shape.ts';
import { readConfig } from '../../config/read-config.ts';
import type { Document } from '../../document/document.ts';
import { parse } from '../../document/parse.ts';
import { readDisk } from '../files/reader.ts';
import { UsageError } from '../usage-error.ts';

/** The configuration of a run. */
export interface LoadedConfig {
  /** Absent if there are mistakes in it; its documents then say which. */
  readonly value: Config | undefined;
  readonly documents: readonly Document[];
  /** What its globs and file names are relative to; the working folder if there is no file. */
  readonly folder: string;
}

const names = ['poolproof.yaml', '.poolproof.yaml', 'poolproof.json'];

/** The file that was asked for, else the nearest one upwards; `false` asks for none. */
export async function loadConfig(
  asked: string | false | undefined,
  cwd: string,
  offer: Offer,
  today: string,
): Promise<LoadedConfig> {
  const path = asked === false ? undefined : asked === undefined ? nearest(cwd) : resolve(cwd, asked);
  if (path === undefined) return { value: {}, documents: [], folder: cwd };
  const file = relative(cwd, path) || path;
  const content = readDisk({ path, file, isNamed: true });
  if ('fault' in content) throw new UsageError(`the configuration ${file} ${content.fault}`);
  const folder = dirname(path);
  const { value, documents } = readConfig(await parse(content.source), configShape(offer), today);
  return { value: value && anchored(value, folder), documents, folder };
}

function nearest(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
    if (dirname(folder) === folder) return undefined;
  }
}

/** Files that a configuration names lie beside it, wherever the program is run. */
function anchored(config: Config, folder: string): Config {
  const at = (file: string): string => (isAbsolute(file) ? file : join(folder, file));
  const facts = ({ catalog, awsFacts }: ClusterFacts): ClusterFacts => ({
    ...(catalog !== undefined && { catalog: at(catalog) }),
    ...(awsFacts && { awsFacts: awsFacts.map(at) }),
  });
  const { baseline, clusters } = config;
  return {
    ...config,
    ...facts(config),
    ...(baseline !== undefined && { baseline: at(baseline) }),
    ...(clusters && { clusters: clusters.map((cluster) => ({ ...cluster, ...facts(cluster) })) }),
  };
}
