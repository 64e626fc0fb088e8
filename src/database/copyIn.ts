import type pg from 'pg';

/** What pg's own protocol layer offers a COPY, beyond what its types say. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

/**
 * One `COPY … FROM STDIN` as pg submits it: sends the data when the server asks for it, and gives the number of rows.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY
 */
export function copyIn(client: pg.Client, text: string, data: Uint8Array): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let rows = 0;
  client.query({
    submit: (connection: pg.Connection) => (connection as unknown as CopyConnection).query(text),
    handleCopyInResponse: (connection: CopyConnection) => {
      connection.sendCopyFromChunk(data);
      connection.endCopyFrom();
    },
    handleCommandComplete: ({ text: tag }: { readonly text: string }) => {
      rows = Number(/\d+$/.exec(tag)?.[0] ?? 0);
    },
    // The client itself sends nothing more before the server is ready again.
    handleError: reject,
    handleReadyForQuery: () => resolve(rows),
    handleRowDescription: () => undefined,
    handleDataRow: () => undefined,
    handleEmptyQuery: () => undefined,
    handlePortalSuspended: () => undefined,
    handleCopyData: () => undefined,
  } as pg.Submittable);
  return promise;
}
