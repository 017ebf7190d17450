import { resolve } from 'node:path';

/** A folder of its own: a run of the tests and somebody's `npm start` may be under way at the same time. */
export const bundle: string = resolve('node_modules/.cache/poolproof/tested');
