import type { Span } from '../text/place.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from './node.ts';

export interface TemplateMark {
  readonly span: Span;
  readonly detail: string;
}

const ACTION = /\{\{-?[^{}]*-?\}\}/;
const TERRAFORM = /%\{-?\s*(?:for|if|else|endif|endfor)\b/;
const PLACEHOLDER = /\$\{[^{}]*\}|<<[^<>]+>>|^<[A-Za-z][A-Za-z0-9 _.-]*>$/;

/** The first sign that a text which does not parse as YAML is a template and not a mistake. */
export function templateIn(text: string, base: number): TemplateMark | undefined {
  const action = ACTION.exec(text) ?? undefined;
  if (action) return mark(base + action.index, action[0].length, `Helm or Go template: ${shown(action[0])}`);
  const terraform = TERRAFORM.exec(text);
  return terraform ? mark(base + terraform.index, terraform[0].length, `Terraform template: ${shown(terraform[0])}`) : undefined;
}

/** A file name by which people mark templates. */
export function isTemplateName(file: string): boolean {
  return /\.(?:tpl|tftpl|tmpl|gotmpl|j2|jinja2?|erb)$/i.test(file);
}

/**
 * Text that will be something else when the manifest is applied. `whole` if the document cannot be judged at all (a Go action),
 * else the scalars whose values are unknown. What a block scalar holds is a program's own text (user data with shell
 * variables) and says nothing. `text` is what the tree was read from.
 */
export function placeholdersIn(
  root: Node,
  text: string,
): {
  readonly whole: TemplateMark | undefined;
  readonly unknown: readonly ScalarNode[];
} {
  if (!mayHold.test(text)) return { whole: undefined, unknown: [] };
  const unknown: ScalarNode[] = [];
  let whole: TemplateMark | undefined;
  const visit = (node: Node): void => {
    if (node instanceof ScalarNode) {
      if (typeof node.value !== 'string' || node.style === 'literal' || node.style === 'folded') return;
      const action = ACTION.exec(node.value);
      if (action || TERRAFORM.test(node.value))
        whole ??= { span: node, detail: `template in a value: ${shown(action?.[0] ?? node.value)}` };
      else if (PLACEHOLDER.test(node.value)) unknown.push(node);
    } else if (node instanceof SeqNode) node.items.forEach(visit);
    else {
      for (const { key, value } of node.entries) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(root);
  return { whole, unknown };
}

/** How the three begin in a document's text, or a backslash, which may hide them: a text without these needs no second look. */
const mayHold = /\{\{|[%$]\{|[<\\]/;

/** What makes an object a kustomize patch: strategic-merge directives, or a list of JSON 6902 operations. `text`: as above. */
export function patchIn(root: Node, text: string): string | undefined {
  if (root instanceof SeqNode) {
    const operations =
      root.items.length > 0 && root.items.every((item) => item instanceof MapNode && item.get('op') && item.get('path'));
    return operations ? 'a list of JSON 6902 patch operations' : undefined;
  }
  const mayHaveDirective = text.includes('$') || text.includes('\\');
  return mayHaveDirective && hasDirective(root) ? 'a strategic-merge patch ($patch)' : undefined;
}

function hasDirective(node: Node): boolean {
  if (node instanceof SeqNode) return node.items.some(hasDirective);
  if (!(node instanceof MapNode)) return false;
  return node.entries.some(
    ({ key, value }) =>
      /^\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/.test(String(key.value)) || hasDirective(value),
  );
}

function mark(start: number, length: number, detail: string): TemplateMark {
  return { span: { start, end: start + length }, detail };
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
