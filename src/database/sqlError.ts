/** What PostgreSQL said of a statement that failed; both drivers' errors are converted to it in this folder. */
export class SqlError extends Error {
  /** Five characters, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** Character offset in the statement, from 1. */
  readonly position: number | undefined;
  readonly statement: string;

  constructor(fields: {
    message: string;
    sqlState: string;
    detail?: string | undefined;
    hint?: string | undefined;
    position?: number | undefined;
    statement: string;
    cause?: unknown;
  }) {
    super(fields.message, { cause: fields.cause });
    this.name = 'SqlError';
    this.sqlState = fields.sqlState;
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.position = fields.position;
    this.statement = fields.statement;
  }
}
