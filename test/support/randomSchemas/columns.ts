import { base, inner, needs, type Slots, since, slot, type Version } from './slots.ts';

/** The columns of a table beside its key, by the short names of their slots, as SQL names them. */
export const COLUMNS = { a: 'a', b: '"order"', c: '"C.c"' } as const;

export type ColumnName = keyof typeof COLUMNS;

const VERSIONS: readonly Version[] = [
  '',
  'int',
  'text',
  'int DEFAULT 5',
  'int NOT NULL DEFAULT 5',
  'bigint NOT NULL',
  `text NOT NULL DEFAULT 'it''s'`,
  'varchar(20)',
  'numeric(10,2) DEFAULT 0',
  'timestamptz DEFAULT now()',
  'timestamptz',
  'text COLLATE "C"',
  'int[]',
  `text[] DEFAULT '{}'`,
  'boolean DEFAULT false',
  'date',
  'jsonb',
  'boolean GENERATED ALWAYS AS (id IS NULL) STORED',
  'text GENERATED ALWAYS AS (upper(id::text)) STORED',
  since(16, 'text STORAGE EXTERNAL'),
  'text COMPRESSION pglz',
  needs(['mood'], 'app.mood'),
  needs(['mood'], `app.mood DEFAULT 'ok'`),
  needs(['mood'], 'app.mood[]'),
  needs(['mood domain'], 'app.good_mood'),
  needs(['mail'], 'public.mail'),
  needs(['work mail'], 'app."Work.Mail"'),
  needs(['span'], 'public.span'),
  needs(['pair'], 'public.pair'),
  needs(['one'], 'int DEFAULT public.one()'),
  needs(['collation'], 'text COLLATE app.deep'),
  ({ at }) => (at('sequence').includes('app.numbers') ? `bigint DEFAULT nextval('app.numbers')` : ''),
  ({ at }) => (at('sound') ? 'boolean GENERATED ALWAYS AS (app.sound(id)) STORED' : ''),
];

const alter = (table: string, column: ColumnName, what: string): string =>
  `ALTER TABLE ONLY ${table} ALTER COLUMN ${COLUMNS[column]} ${what}`;

const isText = (type: string): boolean => type.startsWith('text');

/** The slots of a table's columns: what each is, and what is said of it afterwards. */
export function columnSlots(table: string, file: string): Slots {
  const there = (column: ColumnName, version: Version): Version => needs([`${table} kind`, `${table} ${column}`], version);
  const stored =
    (column: ColumnName, version: Version): Version =>
    (look) =>
      isText(look.at(`${table} ${column}`)) ? (typeof version === 'string' ? version : version(look)) : '';
  return {
    ...Object.fromEntries(Object.keys(COLUMNS).map((column) => [`${table} ${column}`, base(inner(...VERSIONS))])),
    [`${table} column settings`]: slot(
      file,
      there('a', alter(table, 'a', 'SET STATISTICS 100')),
      there('a', alter(table, 'a', 'SET (n_distinct = 5)')),
      there('b', `${alter(table, 'b', 'SET (n_distinct = -0.5, n_distinct_inherited = 7)')}; ${alter(table, 'b', 'SET STATISTICS 0')}`),
      there('a', stored('a', alter(table, 'a', 'SET STORAGE MAIN'))),
      there('b', stored('b', `${alter(table, 'b', 'SET STORAGE PLAIN')}; ${alter(table, 'b', 'SET COMPRESSION pglz')}`)),
    ),
    [`${table} comment`]: slot(
      file,
      needs([`${table} kind`], `COMMENT ON TABLE ${table} IS 'what it''s for'`),
      there('a', `COMMENT ON COLUMN ${table}.${COLUMNS.a} IS 'a'; COMMENT ON TABLE ${table} IS 'other'`),
      there('c', `COMMENT ON COLUMN ${table}.${COLUMNS.c} IS '"c"'`),
    ),
  };
}
