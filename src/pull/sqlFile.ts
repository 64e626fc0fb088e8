import type { ObjectId } from '../kinds/kind.ts';
import type { PlannedStatement } from '../plan/plan.ts';

const WITHOUT_BODIES = 'SET check_function_bodies = off';

/** The text of an SQL file, and which statement begins on which of its lines. */
export interface SqlFile {
  readonly text: string;
  /** The object of the statement whose first line it is, by line, from 1. */
  readonly lines: ReadonlyMap<number, ObjectId>;
}

interface Block {
  readonly object: PlannedStatement['object'];
  readonly before: readonly string[];
  readonly sql: string;
  readonly after: readonly string[];
}

/** Why a routine is made without a look at its body. */
export type Unchecked = ReadonlyMap<ObjectId, string>;

function blockOf({ object, sql }: PlannedStatement, unchecked: Unchecked): Block {
  const reason = /^create\b/i.test(sql) ? unchecked.get(object.id) : undefined;
  if (reason === undefined) return { object, before: [], sql: `${sql};`, after: [] };
  const note = `-- PostgreSQL would refuse this body today: ${reason.replace(/\s+/g, ' ')}`;
  return { object, before: [note, `${WITHOUT_BODIES};`], sql: `${sql};`, after: ['RESET check_function_bodies;'] };
}

/** Short statements of one kind stand together, others apart. */
const isApart = (one: Block, other: Block): boolean =>
  one.object.kind !== other.object.kind || [one, other].some(({ sql, before }) => sql.includes('\n') || before.length > 0);

/** Statements as a file that a person can read: one below the other, with blank lines between what is not alike. */
export function sqlFile(statements: readonly PlannedStatement[], unchecked: Unchecked): SqlFile {
  const blocks = statements.map((statement) => blockOf(statement, unchecked));
  const lines = new Map<number, ObjectId>();
  const written: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const last = blocks[index - 1];
    if (last !== undefined && isApart(last, block)) written.push('');
    written.push(...block.before);
    lines.set(written.length + 1, block.object.id);
    written.push(...block.sql.split('\n'), ...block.after);
  }
  return { text: `${written.join('\n')}\n`, lines };
}
