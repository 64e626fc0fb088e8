/** What one client may ask of the daemon; `ws` and json-rpc-2.0 set no useful limits themselves. */
export const limits = {
  maxPayloadBytes: 4 * 1024 * 1024,
  maxBatch: 50,
  maxConnections: 64,
  handshakeMs: 5_000,
  /** A reader this far behind is told no progress. */
  slowBytes: 1024 * 1024,
  /** A reader this far behind is dropped. */
  droppedBytes: 8 * 1024 * 1024,
  progressIntervalMs: 100,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
