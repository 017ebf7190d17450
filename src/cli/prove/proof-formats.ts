/** How a proof can be printed. */
export const proofFormats = ['pretty', 'json', 'markdown'] as const;
