/** What PostgreSQL said of a statement that failed; both drivers' errors are converted to it in this folder. */
export class SqlError extends Error {
  /** Five characters, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** Character offset in the statement, from 1. */
  readonly position: number | undefined;
  readonly statement: string;
  /** The constraint that was not met, where the server names one. */
  readonly constraint: string | undefined;
  /** Where the server was at work: `COPY users, line 3`. */
  readonly context: string | undefined;

  constructor(fields: {
    message: string;
    sqlState: string;
    detail?: string | undefined;
    hint?: string | undefined;
    position?: number | undefined;
    statement: string;
    constraint?: string | undefined;
    context?: string | undefined;
    cause?: unknown;
  }) {
    super(fields.message, { cause: fields.cause });
    this.name = 'SqlError';
    this.sqlState = fields.sqlState;
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.position = fields.position;
    this.statement = fields.statement;
    this.constraint = fields.constraint;
    this.context = fields.context;
  }
}
