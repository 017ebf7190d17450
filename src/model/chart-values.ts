import type { Document } from '../document/document.ts';
import { find, MapNode, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import { groupOf } from '../document/objects.ts';
import { child, map, type Placed, text, view } from './decode.ts';

/** Values of the Karpenter chart, as written in a values file, a Flux HelmRelease or an Argo CD Application. */
export interface ChartValues extends Placed {
  readonly node: MapNode;
  /** `settings`, from which most of the controller's flags are made. */
  readonly settings: MapNode | undefined;
  /** `settings.featureGates`. */
  readonly featureGates: MapNode | undefined;
}

/** All of a document: a file may hold several releases. */
export function chartValuesIn({ root, objects }: Document): readonly ChartValues[] {
  const released = objects.flatMap(({ apiVersion, kind, node }) => valuesOf(groupOf(apiVersion), kind, node));
  const isFile = objects.length === 0 && root instanceof MapNode && !root.get('kind');
  return [...(isFile ? inFile(root) : []), ...released].map(chartValues);
}

function chartValues(node: MapNode): ChartValues {
  const settings = map(node, 'settings');
  return view(node, { node, settings, featureGates: map(settings, 'featureGates') });
}

/** Settings that no other chart in wide use has together. */
const telling = ['clusterName', 'interruptionQueue', 'featureGates'];

/** The chart's own values, or those that an umbrella chart hands down to it. */
function inFile(root: MapNode): readonly MapNode[] {
  const handedDown = map(root, 'karpenter');
  return [root, ...(handedDown ? [handedDown] : [])].filter((values) => {
    const settings = map(values, 'settings');
    return settings !== undefined && telling.some((key) => settings.get(key) !== undefined);
  });
}

function valuesOf(group: string, kind: string, node: MapNode): readonly MapNode[] {
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    const chart = find(node, ['spec', 'chart', 'spec']);
    return isKarpenter(chart, 'chart') ? maps(find(node, ['spec', 'values'])) : [];
  }
  if (group !== 'argoproj.io' || kind !== 'Application') return [];
  const sources = find(node, ['spec', 'sources']);
  const all = [find(node, ['spec', 'source']), ...(sources instanceof SeqNode ? sources.items : [])];
  return all
    .filter((source) => isKarpenter(source, 'chart'))
    .flatMap((source) => maps(child(child(source, 'helm'), 'valuesObject')));
}

/** `karpenter`, or an OCI path that ends so. */
function isKarpenter(source: Node | undefined, key: string): boolean {
  return /(?:^|\/)karpenter$/.test(text(source, key)?.value ?? '');
}

function maps(node: Node | undefined): readonly MapNode[] {
  return node instanceof MapNode ? [node] : [];
}

/** A boolean of the chart, which Helm takes as text too; undefined where it is not set or a placeholder. */
export function isOn(node: Node | undefined): boolean | undefined {
  if (!(node instanceof ScalarNode) || node.unresolved) return undefined;
  return ['true', 'false'].includes(String(node.value)) ? String(node.value) === 'true' : undefined;
}
