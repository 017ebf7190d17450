/**
 * What the Kubernetes client takes from node-fetch, which the bundle leaves out: the client imports it for requests that are never
 * made through it here.
 */
export const Headers: typeof globalThis.Headers = globalThis.Headers;

const fetch: typeof globalThis.fetch = globalThis.fetch;

// biome-ignore lint/style/noDefaultExport: node-fetch has one
export default fetch;
