import type { Address, Introspected, ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf, registry } from '../kinds/registry.ts';
import type { ObjectNote, SchemaSnapshot, SnapshotPart } from '../kinds/snapshot.ts';
import type { Catalog } from './catalog.ts';

/** `[class, oid, subId, referenced class, referenced oid, referenced subId, dependency type]` */
export type DependencyRow = readonly [string, string, number, string, string, number, string];

/** What the queries of queries.ts answer, as far as objects are made of it. */
export interface Extras {
  readonly kinds: Readonly<Record<string, readonly unknown[]>>;
  readonly depends: readonly DependencyRow[];
}

const dependentAddress = (row: DependencyRow): Address => `${row[0]}/${row[1]}/${row[2]}`;
const referencedAddress = (row: DependencyRow): Address => `${row[3]}/${row[4]}/${row[5]}`;

/** The addresses of everything that an extension brought. */
export const extensionMembers = ({ depends }: Extras): ReadonlySet<Address> =>
  new Set(depends.filter((row) => row[6] === 'e').map(dependentAddress));

/**
 * Makes the objects of a snapshot from rows, with what they need.
 * @param known  the rest of the schema, where the rows are those of a part: what the part needs of it is found there
 */
export function buildObjects(catalog: Catalog, extras: Extras, known: Known = NOTHING_KNOWN): SnapshotPart {
  const found = [...registry.values()].flatMap((kind) => [...kind.introspect(catalog, extras.kinds[kind.name] ?? [])]);
  const addresses = new AddressBook(found, extras.depends, known);
  const introspected = found.flatMap((item) => addresses.settle(item));
  return {
    objects: new Map(introspected.map(({ object }) => [object.id, object])),
    needs: collectNeeds(introspected, addresses, extras.depends),
    notes: new Map(introspected.map((item) => [item.object.id, noteOf(item)])),
    addresses: addresses.all(),
  };
}

type Known = Pick<SchemaSnapshot, 'objects' | 'addresses'>;

const NOTHING_KNOWN: Known = { objects: new Map(), addresses: new Map() };

const noteOf = (item: Introspected): ObjectNote => ({
  position: item.position ?? 0,
  inheritedFrom: item.inheritedFrom,
  droppedWith: item.droppedWith,
  implied: item.implied ?? false,
  madeUpName: item.madeUpName,
  leaves: item.leaves,
  condition: item.condition,
});

/** What is not there, a TOAST table say, has no oid. */
const isNothing = (address: Address): boolean => address.includes('/0/');

/** Finds the object that stands behind an address of pg_depend. */
class AddressBook {
  readonly #ids = new Map<Address, ObjectId>();
  readonly #objects = new Map<ObjectId, SchemaObject>();
  /** What PostgreSQL made as a part of something else (an array type, a TOAST table) stands for the whole. */
  readonly #wholes = new Map<Address, Address>();
  readonly #known: Known;

  constructor(found: readonly Introspected[], depends: readonly DependencyRow[], known: Known) {
    this.#known = known;
    for (const { object, addresses } of found) {
      this.#objects.set(object.id, object);
      for (const address of addresses) if (!isNothing(address)) this.#ids.set(address, object.id);
    }
    for (const row of depends) this.#note(row);
  }

  #note(row: DependencyRow): void {
    if (row[6] === 'i') this.#wholes.set(dependentAddress(row), referencedAddress(row));
    const extension = row[6] === 'e' ? this.#direct(referencedAddress(row)) : undefined;
    if (extension !== undefined) this.#ids.set(dependentAddress(row), extension);
  }

  #direct(address: Address): ObjectId | undefined {
    return this.#ids.get(address) ?? this.#known.addresses.get(address);
  }

  find(address: Address): ObjectId | undefined {
    const direct = this.#direct(address);
    if (direct !== undefined) return direct;
    const whole = this.#wholes.get(address);
    if (whole !== undefined && whole !== address) return this.find(whole);
    const slash = address.lastIndexOf('/');
    return address.slice(slash) === '/0' ? undefined : this.find(`${address.slice(0, slash)}/0`);
  }

  /** Every address that was met, parts of a whole included. */
  all(): ReadonlyMap<Address, ObjectId> {
    const all = new Map(this.#ids);
    for (const part of this.#wholes.keys()) {
      const id = this.find(part);
      if (id !== undefined) all.set(part, id);
    }
    return all;
  }

  /** Gives an object that describes another one (a comment, privileges) its owner; without one that is modelled it is left out. */
  settle(item: Introspected): readonly Introspected[] {
    if (item.ownerAddress === undefined) return [item];
    const id = this.find(item.ownerAddress);
    const owner = id === undefined ? undefined : this.#objects.get(id);
    if (owner === undefined) return [];
    const { settle, settledNeeds } = kindOf(item.object);
    const settled = settle?.(item.object, owner, kindOf(owner).reference(owner));
    return [settled === undefined ? item : { ...item, object: settled, needs: settledNeeds?.(settled, owner) }];
  }

  /** Is it an object of the rest of the schema? */
  isKnown(id: ObjectId): boolean {
    return this.#known.objects.has(id);
  }
}

function collectNeeds(
  introspected: readonly Introspected[],
  addresses: AddressBook,
  depends: readonly DependencyRow[],
): ReadonlyMap<ObjectId, ReadonlySet<ObjectId>> {
  const needs = new Map<ObjectId, Set<ObjectId>>(introspected.map(({ object }) => [object.id, new Set()]));
  const add = (id: ObjectId | undefined, need: ObjectId | undefined): void => {
    if (id !== undefined && need !== undefined && id !== need && (needs.has(need) || addresses.isKnown(need))) needs.get(id)?.add(need);
  };
  for (const row of depends) if (row[6] !== 'e') add(addresses.find(dependentAddress(row)), addresses.find(referencedAddress(row)));
  for (const { object, needs: extra = [], needsAddresses = [] } of introspected) {
    add(object.id, object.owner);
    for (const need of extra) add(object.id, need);
    for (const address of needsAddresses) add(object.id, addresses.find(address));
  }
  return needs;
}
