import { composeEvents } from '../../src/document/compose-events.ts';
import { MapNode } from '../../src/document/node.ts';
import { type AmiFamilyName, amiFamilyOf } from '../../src/model/ami-family.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { Located } from '../../src/text/place.ts';
import { mimeParts } from './mime.ts';

/** User data as Karpenter's bootstrap code takes it apart. */
export interface UserData {
  readonly written: Located<string>;
  readonly family: AmiFamilyName;
  readonly isMime: boolean;
  /** Shell scripts in it, without the comment lines. */
  readonly scripts: readonly string[];
  /** NodeConfig documents in it. */
  readonly nodeConfigs: readonly MapNode[];
}

/** Undefined without user data, or where the family of the images is not known. */
export function userDataOf(nodeClass: EC2NodeClass): UserData | undefined {
  const written = nodeClass.userData;
  const family = amiFamilyOf(nodeClass);
  if (!written || family === undefined) return undefined;
  const isMime = /^(?:MIME-Version|Content-Type):/.test(written.value);
  const parts = isMime ? mimeParts(written.value).parts : [{ type: undefined, body: written.value }];
  const scripts: string[] = [];
  const nodeConfigs: MapNode[] = [];
  for (const { type, body } of parts) {
    const config = type === undefined || type === 'application/node.eks.aws' ? yamlMap(body) : undefined;
    if (config) nodeConfigs.push(config);
    else if (type === undefined || type === 'text/x-shellscript') scripts.push(withoutComments(body));
  }
  return { written, family, isMime, scripts, nodeConfigs };
}

/** The text as a YAML mapping, which is how Karpenter tells a NodeConfig from a script. */
export function yamlMap(text: string): MapNode | undefined {
  const root = composeEvents(text.replace(/^---\s*\n/, ''), 0)?.root;
  return root instanceof MapNode ? root : undefined;
}

function withoutComments(script: string): string {
  return script.replace(/^\s*#(?!!).*$/gm, '');
}
