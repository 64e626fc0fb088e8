import { makeIntrospectionQuery } from 'pg-introspection';
import type { Session } from '../database/session.ts';
import type { Address, Introspected, ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf, registry } from '../kinds/registry.ts';
import type { ObjectNote, SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';
import { UNMODELLED } from '../kinds/unmodelled.ts';
import { Catalog } from './catalog.ts';

/** `[class, oid, subId, referenced class, referenced oid, referenced subId, dependency type]` */
type DependencyRow = readonly [string, string, number, string, string, number, string];

interface Extras {
  readonly kinds: Readonly<Record<string, readonly unknown[]>>;
  readonly depends: readonly DependencyRow[];
  readonly unmodelled: readonly Unmodelled[];
  readonly server_version: string;
  readonly server_version_num: number;
}

const rowsOf = (query: string): string => `(select coalesce(json_agg(row_to_json(q)), '[]'::json) from (${query}) q)`;

/** A list of values and not the arguments of one function, of which there can be no more than 100. */
const kindQueries = (): readonly string[] =>
  [...registry.values()].flatMap(({ name, query }) => (query === undefined ? [] : [`('${name}', ${rowsOf(query)})`]));

/** One query for everything that pg-introspection leaves out; each kind brings its part. */
const EXTRAS_QUERY = `
  with user_schemas(oid) as (select oid from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'fastpyd'))
  select json_build_object(
    'kinds', (select json_object_agg(kind, rows) from (values ${kindQueries().join(', ')}) v(kind, rows)),
    'depends', (select coalesce(json_agg(json_build_array(classid::regclass::text, objid::text, objsubid, refclassid::regclass::text, refobjid::text, refobjsubid, deptype)), '[]'::json)
      from pg_depend where objid >= 16384 and deptype in ('n', 'a', 'i', 'e', 'P', 'S', 'x')),
    'unmodelled', ${rowsOf(UNMODELLED)},
    'server_version', split_part(current_setting('server_version'), ' ', 1),
    'server_version_num', current_setting('server_version_num')::int
  )::text as extras`;

// Of a foreign table whose wrapper has no handler the server cannot say whether it is updatable: it fails. Nothing here asks for it.
const INTROSPECTION_QUERY = makeIntrospectionQuery().replace(/pg_catalog\.pg_relation_is_updatable\(oid, true\)::bit\(8\)::int4/, '0');

/**
 * Reads the schema of a database: pg-introspection's rows, completed by each kind's own query, in canonical form.
 * The session's search_path is emptied while it reads, so that every deparsed text is qualified, and put back.
 * @throws SqlError
 */
export async function introspect(session: Session): Promise<SchemaSnapshot> {
  const [path] = await session.query<{ path: string }>(
    `select current_setting('search_path') as path, set_config('search_path', '', false)`,
  );
  try {
    const [rows] = await session.query<{ introspection: string }>(INTROSPECTION_QUERY);
    const [extras] = await session.query<{ extras: string }>(EXTRAS_QUERY);
    return buildSnapshot(JSON.parse(rows?.introspection ?? '{}'), JSON.parse(extras?.extras ?? '{}'));
  } finally {
    await session.query(`select set_config('search_path', $1, false)`, [path?.path ?? '']).catch(() => []);
  }
}

function buildSnapshot(rows: ConstructorParameters<typeof Catalog>[0], extras: Extras): SchemaSnapshot {
  const memberships = extras.depends.filter((row) => row[6] === 'e');
  const catalog = new Catalog(rows, Math.floor(extras.server_version_num / 10000), new Set(memberships.map(dependentAddress)));
  const found = [...registry.values()].flatMap((kind) => [...kind.introspect(catalog, extras.kinds[kind.name] ?? [])]);
  const addresses = new AddressBook(found, memberships, extras.depends);
  const introspected = found.flatMap((item) => addresses.settle(item));
  return {
    serverVersion: extras.server_version,
    majorVersion: catalog.majorVersion,
    objects: new Map(introspected.map(({ object }) => [object.id, object])),
    needs: collectNeeds(introspected, addresses, extras.depends),
    notes: new Map(introspected.map((item) => [item.object.id, noteOf(item)])),
    unmodelled: extras.unmodelled,
  };
}

const noteOf = (item: Introspected): ObjectNote => ({
  position: item.position ?? 0,
  inheritedFrom: item.inheritedFrom,
  droppedWith: item.droppedWith,
  implied: item.implied ?? false,
});

const dependentAddress = (row: DependencyRow): Address => `${row[0]}/${row[1]}/${row[2]}`;
const referencedAddress = (row: DependencyRow): Address => `${row[3]}/${row[4]}/${row[5]}`;

/** Finds the object that stands behind an address of pg_depend. */
class AddressBook {
  readonly #ids = new Map<Address, ObjectId>();
  readonly #objects = new Map<ObjectId, SchemaObject>();
  /** What PostgreSQL made as a part of something else (an array type, a TOAST table) stands for the whole. */
  readonly #wholes = new Map<Address, Address>();

  constructor(found: readonly Introspected[], memberships: readonly DependencyRow[], depends: readonly DependencyRow[]) {
    for (const { object, addresses } of found) {
      this.#objects.set(object.id, object);
      for (const address of addresses) this.#ids.set(address, object.id);
    }
    for (const row of memberships) {
      const extension = this.#ids.get(referencedAddress(row));
      if (extension !== undefined) this.#ids.set(dependentAddress(row), extension);
    }
    for (const row of depends) if (row[6] === 'i') this.#wholes.set(dependentAddress(row), referencedAddress(row));
  }

  find(address: Address): ObjectId | undefined {
    const direct = this.#ids.get(address);
    if (direct !== undefined) return direct;
    const whole = this.#wholes.get(address);
    if (whole !== undefined && whole !== address) return this.find(whole);
    const slash = address.lastIndexOf('/');
    return address.slice(slash) === '/0' ? undefined : this.find(`${address.slice(0, slash)}/0`);
  }

  /** Gives an object that describes another one (a comment, privileges) its owner; without one that is modelled it is left out. */
  settle(item: Introspected): readonly Introspected[] {
    if (item.ownerAddress === undefined) return [item];
    const id = this.find(item.ownerAddress);
    const owner = id === undefined ? undefined : this.#objects.get(id);
    if (owner === undefined) return [];
    const settled = kindOf(item.object).settle?.(item.object, owner, kindOf(owner).reference(owner));
    return [settled === undefined ? item : { ...item, object: settled }];
  }
}

function collectNeeds(
  introspected: readonly Introspected[],
  addresses: AddressBook,
  depends: readonly DependencyRow[],
): ReadonlyMap<ObjectId, ReadonlySet<ObjectId>> {
  const needs = new Map<ObjectId, Set<ObjectId>>(introspected.map(({ object }) => [object.id, new Set()]));
  const add = (id: ObjectId | undefined, need: ObjectId | undefined): void => {
    if (id !== undefined && need !== undefined && id !== need && needs.has(need)) needs.get(id)?.add(need);
  };
  for (const row of depends) if (row[6] !== 'e') add(addresses.find(dependentAddress(row)), addresses.find(referencedAddress(row)));
  for (const { object, needs: extra = [], needsAddresses = [] } of introspected) {
    add(object.id, object.owner);
    for (const need of extra) add(object.id, need);
    for (const address of needsAddresses) add(object.id, addresses.find(address));
  }
  return needs;
}
