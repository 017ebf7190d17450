import type { Path } from '../text/place.ts';

/**
 * A part of a NodePool, or something beyond it, that a rule may look at. `labels`, `annotations`, `requirements` and those after them
 * stand in the pool's template.
 */
export type Part =
  | WrittenPart
  /** What its class offers: with requirements and labels it makes the World's `instances`. */
  | 'types'
  /** All that stands in its class. */
  | 'class'
  /** The World's `now`. */
  | 'clock'
  /** All other objects. */
  | 'cluster';

export type WrittenPart =
  | 'replicas'
  | 'limits'
  | 'disruption'
  | 'labels'
  | 'annotations'
  | 'requirements'
  | 'taints'
  | 'startupTaints'
  | 'nodeClassRef'
  | 'expireAfter'
  | 'terminationGracePeriod';

const template = ['spec', 'template'];

export const partPaths: Readonly<Record<WrittenPart, Path>> = {
  replicas: ['spec', 'replicas'],
  limits: ['spec', 'limits'],
  disruption: ['spec', 'disruption'],
  labels: [...template, 'metadata', 'labels'],
  annotations: [...template, 'metadata', 'annotations'],
  requirements: [...template, 'spec', 'requirements'],
  taints: [...template, 'spec', 'taints'],
  startupTaints: [...template, 'spec', 'startupTaints'],
  nodeClassRef: [...template, 'spec', 'nodeClassRef'],
  expireAfter: [...template, 'spec', 'expireAfter'],
  terminationGracePeriod: [...template, 'spec', 'terminationGracePeriod'],
};
