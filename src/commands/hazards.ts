import { quoteIdentifier } from '../database/quote.ts';
import type { Database } from '../database/session.ts';
import type { Question } from '../errors.ts';
import { type FoundHazard, findHazards } from '../hazards/findHazards.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Step } from '../migration/migrationFile.ts';
import type { Answers } from '../protocol/methods.ts';
import type { Target } from './target.ts';

/** Migrations that are about to run, as far as hazards go. */
export interface Upcoming {
  /** A migration's id, or what stands for one that is not made yet. */
  readonly id: string;
  readonly up: readonly Step[];
  readonly transaction: boolean;
  /** True where questions about its losses were answered when it was planned. */
  readonly isPlanned?: boolean | undefined;
}

/** A hazard of one migration, with how large the table is that it hurts. */
interface LiveHazard extends FoundHazard {
  readonly migration: string;
  readonly size: TableSize | undefined;
}

interface TableSize {
  readonly bytes: number;
  /** As PostgreSQL's statistics estimate; -1 where it never looked. */
  readonly rows: number;
}

/** What the database would feel: locks on a table that has rows, and what takes rows away. */
const NEEDS_CONSENT: readonly string[] = ['locks', 'data'];

/** The hazards of migrations that need consent, each to be given by its name; in development none is needed. */
export async function hazardQuestions(
  target: Target,
  migrations: readonly Upcoming[],
  { allow = [] }: Answers,
): Promise<readonly Question[]> {
  if (target.info.development) return [];
  const found = await hazardsOf(target, migrations);
  return found.filter(({ danger, name, allowed }) => NEEDS_CONSENT.includes(danger) && !allowed && !allow.includes(name)).map(questionOf);
}

/** The hazards of migrations, one sentence each, and comments that allow what is not there. */
export async function hazardWarnings(target: Target, migrations: readonly Upcoming[]): Promise<readonly string[]> {
  const hazards = (await hazardsOf(target, migrations)).filter(({ danger }) => danger !== 'advice');
  const unused = migrations.flatMap((migration) => findingsOf(migration).unused.map(({ name }) => unusedIn(migration, name)));
  return [
    ...hazards.map(
      (hazard) => `${headOf(hazard)}${hazard.allowed ? `, allowed: ${hazard.allowed}` : `. ${hazard.reason} ${hazard.instead}`}`,
    ),
    ...unused,
  ];
}

const unusedIn = ({ id }: Upcoming, name: string): string =>
  `${id} allows ${name}, and nothing there needs it: remove the comment, or correct the name`;

async function hazardsOf(target: Target, migrations: readonly Upcoming[]): Promise<readonly LiveHazard[]> {
  if (migrations.length === 0) return [];
  const schema = await target.observed.snapshot();
  const found = migrations.flatMap((migration) => hazardsIn(migration, schema));
  const sized = await Promise.all(found.map(async (hazard) => ({ ...hazard, size: await sizeOf(target.live, hazard.object) })));
  // Nobody waits for a table that is not there yet, nor long for one that has no rows.
  return sized.filter(({ danger, size }) => danger !== 'locks' || (size !== undefined && size.bytes > 0));
}

const hazardsIn = (migration: Upcoming, schema: SchemaSnapshot) =>
  findingsOf(migration, schema)
    .hazards.filter(({ danger }) => !(migration.isPlanned && danger === 'data'))
    .map((hazard) => ({ ...hazard, migration: migration.id }));

const findingsOf = ({ up, transaction }: Upcoming, schema?: SchemaSnapshot) =>
  findHazards({ steps: up.flatMap((step) => (step.kind === 'sql' ? [step.sql] : [])), transaction }, schema);

const questionOf = (hazard: LiveHazard): Question => ({
  kind: 'hazard',
  message: `${headOf(hazard)}. ${hazard.reason} Instead: ${hazard.instead}`,
  flags: [`--allow ${hazard.name}`],
});

const headOf = ({ migration, name, object, size }: LiveHazard): string =>
  `${migration}: ${name} ${object}${size === undefined ? '' : ` (${sizeText(size)})`}`;

const sizeText = ({ bytes, rows }: TableSize): string => `${bytesText(bytes)}${rows < 0 ? '' : `, about ${rows} rows`}`;

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${Math.round(bytes / 1024 ** power)} ${UNITS[power]}`;
}

/** With all partitions; an index counts as its table. */
const SIZE = `with found as (select coalesce((select indrelid from pg_catalog.pg_index where indexrelid = r), r) as oid from (values ($1::regclass::oid)) v(r))
  select sum(pg_catalog.pg_relation_size(t.oid))::float8 as bytes, sum(c.reltuples)::float8 as rows
  from found f cross join lateral (select f.oid union select relid from pg_catalog.pg_partition_tree(f.oid)) t(oid) join pg_catalog.pg_class c on c.oid = t.oid
  where c.relkind in ('r', 'm', 'p')`;

/** The table that a name of a hazard means: itself, or what stands before the last dot. */
async function sizeOf(live: Database, name: string): Promise<TableSize | undefined> {
  const parts = name.split('.');
  return live.session(async (session) => {
    for (const path of [parts, parts.slice(0, -1)].filter(({ length }) => length === 1 || length === 2)) {
      const text = path.map(quoteIdentifier).join('.');
      const [known] =
        path.length === 0 ? [] : await session.query<{ oid: string | null }>('select to_regclass($1)::oid::text as oid', [text]);
      if (known?.oid == null) continue;
      const [size] = await session.query<TableSize>(SIZE, [known.oid]);
      return size;
    }
    return undefined;
  });
}
