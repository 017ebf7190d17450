import type { Simulation } from '../scheduler/simulation.ts';
import { literal } from './markdown-text.ts';
import { type Group, money, simulationView } from './simulation-view.ts';

/** For a pull request or a wiki. */
export function simulationMarkdown(simulation: Simulation): string {
  const view = simulationView(simulation);
  const nodes = view.nodes.map(({ count, pool, type, others, perHour, where, packing, pods }) => [
    String(count),
    others > 0 ? `${type} (+${others})` : type,
    pool,
    where,
    perHour === undefined ? '' : money(perHour),
    packing.map(({ resource, share }) => `${resource} ${Math.round(share * 100)} %`).join(', '),
    pods,
  ]);
  const parts = [
    `### ${literal(view.headline)}`,
    table(['nodes', 'type', 'pool', 'where', 'per hour', 'packing', 'pods'], nodes),
    table(
      ['node that is there', 'pods'],
      view.existing.map(({ name, pods }) => [name, pods]),
    ),
    table(['pending', 'why'], view.pending.map(cells)),
    table(['ignored by Karpenter', 'why'], view.ignored.map(cells)),
    view.notes.map((note) => `- ${literal(note)}`).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function cells({ pods, why }: Group): readonly string[] {
  return [pods, why.join('; ')];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (row: readonly string[]): string => `| ${row.map(literal).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
