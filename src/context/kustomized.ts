import { find, ScalarNode, SeqNode } from '../document/node.ts';
import type { Context } from './context.ts';

/**
 * The kustomizations that build on a file's folder from elsewhere: where there are several, the file is a base that they
 * share. Their folders, in the order of the input.
 */
export function overlaysOf(context: Context, file: string): readonly string[] {
  const folder = folderOf(file);
  const overlays = context.ofKind('Kustomization').filter(({ document, node, apiVersion }) => {
    if (!apiVersion.startsWith('kustomize.config.k8s.io/')) return false;
    const own = folderOf(document.source.file);
    return ['resources', 'bases'].some((key) => {
      const listed = find(node, [key]);
      const entries = listed instanceof SeqNode ? listed.items : [];
      return entries.some(
        (entry) => entry instanceof ScalarNode && own !== folder && resolve(own, String(entry.value)) === folder,
      );
    });
  });
  return [...new Set(overlays.map(({ document }) => folderOf(document.source.file)))];
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash === -1 ? '' : file.slice(0, slash);
}

function resolve(folder: string, path: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
