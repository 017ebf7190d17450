// What the chart takes from the code.
export { scanAccess, snapshotAccess } from '../../../webhook/cluster/access.ts';
export { configurationSchema } from '../docs.ts';
