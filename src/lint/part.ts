/**
 * A part of a NodePool, or something beyond it, that a rule may look at. `labels`, `annotations`, `requirements` and those after them
 * stand in the pool's template.
 */
export type Part =
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
  | 'terminationGracePeriod'
  /** What its class offers: with requirements and labels it makes the World's `instances`. */
  | 'types'
  /** All that stands in its class. */
  | 'class'
  /** The World's `now`. */
  | 'clock'
  /** All other objects. */
  | 'cluster';
