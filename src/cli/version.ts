declare const POOLPROOF_VERSION: string;

/** Set by the bundler from package.json; what runs from source has none. */
export const version: string = typeof POOLPROOF_VERSION === 'string' ? POOLPROOF_VERSION : '0.0.0-source';
