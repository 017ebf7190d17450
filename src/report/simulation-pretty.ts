import type { Simulation } from '../scheduler/simulation.ts';
import type { Paint } from './paint.ts';
import { type Group, money, type NodeView, simulationView } from './simulation-view.ts';
import { visible } from './visible.ts';

const barWidth = 20;

/** For a terminal. */
export function simulationPretty(simulation: Simulation, paint: Paint): string {
  const view = simulationView(simulation);
  const lines = [
    paint.strong(visible(view.headline)),
    ...view.nodes.flatMap((node) => ['', ...nodeLines(node, paint)]),
    ...section(
      'pods on nodes that are there',
      view.existing.map(({ name, pods }) => `${name}: ${pods}`),
      paint,
    ),
    ...groups('pending', view.pending, paint),
    ...groups('ignored by Karpenter', view.ignored, paint),
    ...section('notes', view.notes, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function nodeLines({ count, pool, type, others, perHour, where, packing, pods }: NodeView, paint: Paint): readonly string[] {
  const more = others > 0 ? ` or ${others} other ${others === 1 ? 'type' : 'types'}` : '';
  const price = perHour === undefined ? 'no price known' : `from ${money(perHour)} an hour`;
  return [
    `${paint.strong(visible(`${count > 1 ? `${count} × ` : ''}${type}`))}${visible(`${more} · pool ${pool} · ${where} · ${price}`)}`,
    ...packing.map(
      ({ resource, share }) => `  ${resource.padEnd(7)} ${bar(share)} ${String(Math.round(share * 100)).padStart(3)} %`,
    ),
    `  ${paint.faint(visible(pods))}`,
  ];
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

function groups(title: string, list: readonly Group[], paint: Paint): readonly string[] {
  return section(
    title,
    list.flatMap(({ pods, why }) => [pods, ...why.map((reason) => `  ${reason}`)]),
    paint,
  );
}

function section(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : ['', paint.strong(title), ...lines.map((line) => `  ${visible(line)}`)];
}
