import { setImmediate as nextTurn } from 'node:timers/promises';
import { quoteIdentifier } from '../database/quote.ts';
import { copyCell } from './copyText.ts';
import { assertKnown, type InputRow, type InsertColumn, type InsertTarget, insertChunk } from './insert.ts';
import { dotted, writeName } from './name.ts';
import { boundTo, type CopyRows } from './runtime.ts';
import { toParameter } from './values.ts';

/** Rows one after the other, made as they are asked for. */
export type RowSource<Row> = Iterable<Row> | AsyncIterable<Row>;

// Large enough that a message costs nothing beside its rows, small enough that a few of them are no memory.
const CHUNK_CHARACTERS = 256 * 1024;
const CHUNK_ROWS = 1_000;
// A pipe takes no whole chunk at once: the rest goes out when the event loop turns.
const ROWS_A_TURN = 100;
// One is on its way while the next is made.
const MOST_ON_THE_WAY = 2;

/**
 * Inserts rows as they come, by COPY where the connection has it, in constant memory; gives their number. What a row leaves out gets its
 * default, so rows that leave out different properties travel apart, and may change their order.
 */
export async function insertAll(target: InsertTarget, rows: RowSource<InputRow>): Promise<number> {
  const { copy } = boundTo(dotted(target.name));
  return copy === undefined ? insertInChunks(target, rows) : new Copying(target, copy).run(rows);
}

async function insertInChunks(target: InsertTarget, rows: RowSource<InputRow>): Promise<number> {
  let inserted = 0;
  let chunk: InputRow[] = [];
  const flush = async (): Promise<void> => {
    inserted += (await insertChunk(target, chunk)).length;
    chunk = [];
  };
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length >= CHUNK_ROWS) await flush();
  }
  if (chunk.length > 0) await flush();
  return inserted;
}

/** Rows that give the same properties. */
interface Batch {
  readonly columns: readonly InsertColumn[];
  readonly statement: string;
  text: string;
}

class Copying {
  readonly #target: InsertTarget;
  readonly #copy: CopyRows;
  readonly #batches = new Map<string, Batch>();
  #onTheWay: Promise<void>[] = [];
  #inserted = 0;

  constructor(target: InsertTarget, copy: CopyRows) {
    this.#target = target;
    this.#copy = copy;
  }

  async run(rows: RowSource<InputRow>): Promise<number> {
    let made = 0;
    for await (const row of rows) {
      if (++made % ROWS_A_TURN === 0) await nextTurn();
      const batch = this.#batchOf(row);
      batch.text += `${batch.columns.map(({ property, shape }) => copyCell(toParameter(row[property], shape))).join('\t')}\n`;
      if (batch.text.length >= CHUNK_CHARACTERS) await this.#send(batch);
    }
    for (const batch of this.#batches.values()) await this.#send(batch);
    await Promise.all(this.#onTheWay);
    return this.#inserted;
  }

  #batchOf(row: InputRow): Batch {
    const given = this.#target.columns.filter(({ property }) => row[property] !== undefined);
    const key = given.map(({ property }) => property).join('\n');
    const found = this.#batches.get(key);
    if (found !== undefined) return found;
    assertKnown(this.#target, row);
    const batch = { columns: given, statement: copyStatement(this.#target, given), text: '' };
    this.#batches.set(key, batch);
    return batch;
  }

  async #send(batch: Batch): Promise<void> {
    if (batch.text === '') return;
    const data = Buffer.from(batch.text);
    batch.text = '';
    const sent = this.#copy(batch.statement, data).then((rows) => {
      this.#inserted += rows;
    });
    // Its error is told by whoever waits for it below; until then it is nobody's.
    sent.catch(() => undefined);
    this.#onTheWay.push(sent);
    if (this.#onTheWay.length >= MOST_ON_THE_WAY) await this.#onTheWay.shift();
  }
}

const copyStatement = ({ name }: InsertTarget, columns: readonly InsertColumn[]): string =>
  `COPY ${writeName(name)} (${columns.map((column) => quoteIdentifier(column.name)).join(', ')}) FROM STDIN`;
