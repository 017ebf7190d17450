import { type MapNode, ScalarNode } from '../../src/document/node.ts';

/** Interfaces that the chart's settings keep from pods: 0 unless set; undefined for a placeholder. */
export function reservedEnis(settings: MapNode): number | undefined {
  const written = settings.get('reservedENIs');
  if (written === undefined) return 0;
  return written instanceof ScalarNode && !written.unresolved ? Number(written.value ?? 0) : undefined;
}
