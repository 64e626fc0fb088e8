import type { Session } from '../database/session.ts';
import { extensionComment } from '../kinds/comments.ts';
import { printColumn, printKey } from './rawColumns.ts';
import { type CatalogFacts, readCatalogFacts } from './rawFacts.ts';
import { withSettings } from './withSettings.ts';

/** A row of a catalog, in words. */
export interface RawRow {
  readonly catalog: string;
  /** What the row is, or belongs to. */
  readonly object: string;
  /** The schema that it lies in; null for what belongs to the database. */
  readonly schema: string | null;
  /** JSON of its columns, without those that are null. */
  readonly values: string;
}

/** All rows about user objects of all catalogs, by catalog and object. */
export type RawCatalog = ReadonlyMap<string, RawRow>;

/** Catalogs of which no schema is made: statistics over rows, large objects, and what follows from other rows. */
const NO_SCHEMA = [
  ...['pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_largeobject_metadata', 'pg_subscription_rel'],
  // What extensions granted when they came.
  'pg_init_privs',
];

/** Catalogs whose rows belong to the database, though they mention things that lie in schemas. */
const OF_DATABASE = [
  ...['pg_extension', 'pg_cast', 'pg_transform', 'pg_event_trigger', 'pg_language', 'pg_am', 'pg_foreign_data_wrapper'],
  ...['pg_publication_rel', 'pg_publication_namespace'],
];

/** What names the rows of catalogs that PostgreSQL has no words for, or others than what stays the same. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  pg_attribute: ['attrelid', 'attname'],
  pg_constraint: ['conrelid', 'contypid', 'conname', 'contype', 'conkey'],
  pg_enum: ['enumtypid', 'enumlabel'],
  pg_inherits: ['inhrelid', 'inhparent'],
  pg_trigger: ['tgrelid', 'tgname', 'tgconstraint', 'tgfoid'],
};

/** Which object a row of a catalog that is about objects of any other describes. */
interface Describing {
  readonly classid: string;
  readonly objid: string;
  readonly objsubid: string;
  /** Which rows count. */
  readonly condition?: string;
}

const DESCRIBING: Readonly<Record<string, Describing>> = {
  pg_description: {
    ...{ classid: 'classoid', objid: 'objoid', objsubid: 'objsubid' },
    condition: `x.classoid <> 'pg_subscription'::regclass and case when x.classoid = 'pg_extension'::regclass then x.description is distinct from ${extensionComment('x.objoid')} else true end`,
  },
  pg_seclabel: { classid: 'classoid', objid: 'objoid', objsubid: 'objsubid' },
  // The other sorts follow from what the objects are made of; these were said: of an extension, of an owned sequence.
  pg_depend: {
    ...{ classid: 'classid', objid: 'objid', objsubid: 'objsubid' },
    condition: `(x.deptype in ('e', 'x') or x.deptype in ('a', 'i') and x.objid in (select seqrelid from pg_sequence))`,
  },
};

/** Holds the schema of a catalog's objects, directly or at another remove. */
const OWNERS = ['pg_class', 'pg_type', 'pg_proc', 'pg_opfamily', 'pg_ts_config'];

/** The first oid that is not one of PostgreSQL's own. */
const FIRST_OID = 16384;

/**
 * Reads every row that PostgreSQL's catalogs have about user objects, in words that mean the same in every database: names for numbers, and
 * without what is physical. It knows nothing of the kinds, so that it sees what they overlook.
 * @throws SqlError
 */
export function readRawCatalog(session: Session): Promise<RawCatalog> {
  return withSettings(session, SETTINGS, async () => {
    const facts = await readCatalogFacts(session);
    const rows = await session.query<RawRow>(queryOf(facts));
    return keyed(rows);
  });
}

/** Names are qualified, and the planner chooses: the session may be one that reads parts. */
const SETTINGS = { search_path: '', jit: 'off', enable_seqscan: 'on', enable_hashjoin: 'on', enable_mergejoin: 'on' };

/** Several rows may be about one object; they come sorted. */
function keyed(rows: readonly RawRow[]): RawCatalog {
  const catalog = new Map<string, RawRow>();
  for (const row of rows) {
    let key = `${row.catalog} ${row.object}`;
    while (catalog.has(key)) key += '+';
    catalog.set(key, row);
  }
  return catalog;
}

function queryOf(facts: CatalogFacts): string {
  const catalogs = [...facts.columns.keys()].filter((catalog) => !NO_SCHEMA.includes(catalog));
  const withOids = catalogs.filter((catalog) => facts.columns.get(catalog)?.has('oid'));
  const places = withOids.map((name) => `select '${name}'::regclass::oid, x.oid, ${schemaOf(facts, name) ?? 'null::oid'} from ${name} x`);
  return `
  with places(classid, objid, schema) as materialized (${places.join(' union all ')}),
  found as (${catalogs.map((catalog) => rowsOf(facts, catalog)).join(' union all ')})
  select f.catalog, f.object, n.nspname::text as schema, f.values from found f left join pg_namespace n on n.oid = f.schema
  where n.nspname is null or n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'fastpyd', 'fastpyd_kept')
  order by 1, 2, 4`;
}

function rowsOf(facts: CatalogFacts, catalog: string): string {
  const described = DESCRIBING[catalog];
  return described === undefined ? objectRows(facts, catalog) : describingRows(facts, catalog, described);
}

/** SQL for a JSON object of those columns that can be said in words. */
function valuesOf(facts: CatalogFacts, catalog: string, without: readonly string[] = []): string {
  const columns = [...(facts.columns.get(catalog)?.keys() ?? [])].filter((column) => !without.includes(column));
  const printed = columns.flatMap((column) => {
    const text = printColumn(facts, catalog, column);
    return text === undefined ? [] : [`(${text})::text as ${column}`];
  });
  return `(select json_strip_nulls(row_to_json(q))::text from (select ${printed.join(', ')}) q)`;
}

function objectRows(facts: CatalogFacts, catalog: string): string {
  const columns = facts.columns.get(catalog);
  const hasOid = columns?.has('oid') ?? false;
  const keys = KEYS[catalog] ?? (hasOid && catalog !== 'pg_enum' ? undefined : (facts.primaryKeys.get(catalog) ?? []));
  const object =
    keys === undefined ? `(select identity from pg_identify_object('${catalog}'::regclass, x.oid, 0))` : printKey(facts, catalog, keys);
  const first = hasOid ? 'oid' : (facts.primaryKeys.get(catalog)?.[0] ?? [...(columns?.keys() ?? [])][0]);
  const isUsers = [`x.${first}::oid >= ${FIRST_OID}`, ...(catalog === 'pg_namespace' ? [`x.nspname = 'public'`] : [])].join(' or ');
  const isThere = catalog === 'pg_attribute' ? ' and x.attnum > 0 and not x.attisdropped' : '';
  return `select '${catalog}' as catalog, ${object} as object, ${schemaOf(facts, catalog) ?? 'null::oid'} as schema, ${valuesOf(facts, catalog, keys)} as values
    from ${catalog} x where (${isUsers})${isThere}`;
}

/** SQL for the oid of the schema that the object of a row lies in. */
function schemaOf(facts: CatalogFacts, catalog: string, row = 'x'): string | undefined {
  if (catalog === 'pg_namespace') return `${row}.oid`;
  if (OF_DATABASE.includes(catalog)) return undefined;
  const single = facts.foreignKeys.filter((key) => key.catalog === catalog && key.columns.length === 1 && !key.isArray);
  const direct = single.find(({ target }) => target === 'pg_namespace');
  if (direct !== undefined) return `${row}.${direct.columns[0]}`;
  const owner = single.find(({ target }) => OWNERS.includes(target));
  if (owner === undefined) return undefined;
  const next = `${row}o`;
  return `(select ${schemaOf(facts, owner.target, next) ?? 'null'} from ${owner.target} ${next} where ${next}.oid = ${row}.${owner.columns[0]}::oid)`;
}

/** SQL for the condition that an object is not named by a number, or made up: triggers behind constraints, NOT NULL in PostgreSQL 18. */
const isNamed = (classid: string, objid: string): string =>
  `not exists (select from pg_trigger t where ${classid} = 'pg_trigger'::regclass and t.oid = ${objid} and t.tgisinternal)
   and not exists (select from pg_constraint c where ${classid} = 'pg_constraint'::regclass and c.oid = ${objid} and c.contype = 'n')`;

function describingRows(facts: CatalogFacts, catalog: string, { classid, objid, objsubid, condition }: Describing): string {
  const [classOf, oid, part] = [`x.${classid}`, `x.${objid}`, `x.${objsubid}`];
  const isPublic = `${classOf} = 'pg_namespace'::regclass and ${oid} = (select oid from pg_namespace where nspname = 'public')`;
  return `select '${catalog}', (select type || ' ' || identity from pg_identify_object(${classOf}, ${oid}, ${part})), p.schema,
      ${valuesOf(facts, catalog, [classid, objid, objsubid])}
    from ${catalog} x left join places p on p.classid = ${classOf} and p.objid = ${oid}
    where (${oid} >= ${FIRST_OID} or ${isPublic}) and ${isNamed(classOf, oid)} and ${condition ?? 'true'}`;
}
