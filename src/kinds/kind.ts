/**
 * What a kind of schema object is. Everything that the project knows about one kind stands in one file of this folder
 * and is registered by one line in `registry.ts`; diff, reverse, order and emission are generic over this interface.
 */
import type { Catalog } from '../introspect/catalog.ts';
import type { KindName } from './registry.ts';
import type { SetAside } from './setAside.ts';

/** `kind:path`, e.g. `column:public.posts.title`; the path's parts are quoted where SQL would quote them. Stable across databases. */
export type ObjectId = `${string}:${string}`;

/** Where PostgreSQL keeps an object: catalog name, oid, and the column number or 0. Written as `pg_class/16384/2`. */
export type Address = string;

/** A schema object: plain data, with canonical fields only, so that two are equal when their fields are. */
export interface SchemaObject {
  readonly kind: KindName;
  readonly id: ObjectId;
  /** For messages and flags: dotted, unquoted, e.g. `public.posts.title`. */
  readonly name: string;
  /** The object that this one vanishes with (a column's table), if any. */
  readonly owner?: ObjectId | undefined;
}

/** The order of ids, which says nothing, but is the same every time. */
export const byId = (one: { readonly id: ObjectId }, other: { readonly id: ObjectId }): number => (one.id < other.id ? -1 : 1);

/** An object together with the places in the catalog that are it: a table is also its row type, its array type, its toast table. */
export interface Introspected<Obj extends SchemaObject = SchemaObject> {
  readonly object: Obj;
  readonly addresses: readonly Address[];
  /** What it needs beyond what pg_depend records. */
  readonly needs?: readonly ObjectId[] | undefined;
  readonly needsAddresses?: readonly Address[] | undefined;
  /** Its place among its owner's objects, e.g. a column's number; used for order only, never compared. */
  readonly position?: number | undefined;
  /** For a kind that describes objects of any kind (comments, privileges): where the described object is; see `settle`. */
  readonly ownerAddress?: Address | undefined;
  /** The parent's object that this one repeats in a partition or a child table: a change there reaches it by itself. */
  readonly inheritedFrom?: ObjectId | undefined;
  /**
   * The object, not its owner, whose drop takes this one along: the index of a partitioned table, for those of its partitions; the base type, for
   * the functions that it is made of.
   */
  readonly droppedWith?: ObjectId | undefined;
  /** A name that PostgreSQL made up for a part of it, which is not compared: that of a column's NOT NULL. */
  readonly madeUpName?: string | undefined;
  /** Names of what stays behind when it is dropped, unless that is dropped too; never compared. */
  readonly leaves?: readonly string[] | undefined;
  /** What PostgreSQL requires of the rows of a partition, as SQL, where that means the same in every database: it follows from the bound and is not compared. */
  readonly condition?: string | undefined;
  /** It comes into being with its owner's own CREATE statement. */
  readonly implied?: boolean | undefined;
}

/** Conditions that restrict a kind's query to what is to be read: the user's schemas, or a part of them. All arguments are SQL expressions. */
export interface Within {
  /** False where some roots are read alone, so that nothing is asked about what stands apart from relations, routines and types. */
  readonly isWhole: boolean;
  /** Is the relation, routine or type that the row is, or belongs to, to be read? Given its oid, and the oid of its schema. */
  readonly roots: (oid: string, schema: string) => string;
  /** Where a part is read, does the row of that catalog belong to it: an index of such a relation, its constraint, the relation itself? */
  readonly members: (catalog: string, oid: string) => string;
}

/** A consequence of a statement that a person must know before it runs. */
export interface Hazard {
  /** In capitals, e.g. `DELETES_DATA`; consent is asked by this name. */
  readonly name: string;
  readonly message: string;
}

/** One SQL statement of a plan, without its semicolon. */
export interface Statement {
  readonly sql: string;
  readonly hazards?: readonly Hazard[] | undefined;
  /** False for what PostgreSQL refuses inside a transaction block. */
  readonly transactional?: boolean | undefined;
}

/** The answer of `alter` when only drop and create leads from one state to the other. */
export const REPLACE = 'replace';

/**
 * The answer of a type's `alter` when the type must be made anew but the columns that use it keep their rows:
 * the old type is renamed away, the new one made, every column cast to it, the old one dropped.
 */
export const SWAP = 'swap';

/** How an object is changed in place. */
export interface Alteration {
  readonly statements: readonly (string | Statement)[];
  /** Dependents that PostgreSQL refuses to have around during the change, and that are dropped and rebuilt around it. Absent: none. */
  readonly rebuild?: ((dependent: SchemaObject) => boolean) | undefined;
}

/** What becomes of values in a column whose type is swapped. */
export interface ValueChange {
  /** The column holds lists of them. */
  readonly isList: boolean;
  readonly values: readonly { readonly from: string; readonly to: string; readonly isMerged: boolean }[];
}

/** What `create` and `alter` may look at beyond their object. */
/** A cast that PostgreSQL makes only where it is asked for, or one that does not exist, so that the values go through text. */
export type WrittenCast = 'explicit' | 'through text';

export interface AlterContext {
  /** The object under that id in the state before the change. */
  readonly before: (id: ObjectId) => SchemaObject | undefined;
  /** The object under that id in the state after the change. */
  readonly after: (id: ObjectId) => SchemaObject | undefined;
  /** What directly needs the object under that id before the change, as it is after it. */
  readonly dependents: (id: ObjectId) => readonly SchemaObject[];
  /** Of the server, whose abilities grow. */
  readonly majorVersion?: number | undefined;
  /** See `Introspected`; in each of the two states. */
  readonly madeUpName?: { readonly before: (id: ObjectId) => string | undefined; readonly after: (id: ObjectId) => string | undefined };
  /** Columns whose change of type needs a cast that is written out, as the shadow found out. */
  readonly casts?: ReadonlyMap<ObjectId, WrittenCast> | undefined;
  /** The type of the altered column was swapped: its values must be cast to the new one. */
  readonly recast?: boolean | undefined;
  /** Values that go with the old type, by the columns that hold them. */
  readonly mapped?: ReadonlyMap<ObjectId, ValueChange> | undefined;
  /** Lines that are folded into the CREATE statement: columns and constraints of a table, the default of a column. */
  readonly inlined?: readonly string[] | undefined;
  /** Expressions that fill new required columns of tables with rows, by the column's dotted name. */
  readonly fill?: ReadonlyMap<string, string> | undefined;
}

/** What else is to be known about a drop. */
export interface DropOptions {
  /** Child tables keep what they have of it. */
  readonly only?: boolean | undefined;
  /** See `Introspected`. */
  readonly leaves?: readonly string[] | undefined;
}

/** A named thing inside an object that is no object itself: the value of an enum, the attribute of a composite type. */
export interface Member {
  readonly name: string;
  /** Its type, where it has one. */
  readonly type?: string | undefined;
}

/** The members of a kind's objects, and how one gets another name in place. */
export interface Members<Obj extends SchemaObject> {
  /** What messages call one: `enum value`. */
  readonly kind: string;
  /** In their order. */
  readonly of: (object: Obj) => readonly Member[];
  readonly rename: (object: Obj, from: string, to: string) => readonly string[];
  /** Rows hold it by its name, so that losing the name is losing data. */
  readonly holdsData: boolean;
  /** It is a value of rows, which can be given another one where it goes. */
  readonly isValue?: boolean;
  /** See `claims` of the kind. */
  readonly claims?: (object: Obj, name: string) => readonly string[];
}

export interface SchemaKind<Obj extends SchemaObject = SchemaObject> {
  readonly name: Obj['kind'];
  /** Lower comes first where nothing else decides: a plan reads like a careful person wrote it. */
  readonly order: number;
  /**
   * SQL for deparsed text and for catalogs that pg-introspection lacks. It runs with an empty search_path and sees the
   * CTE `user_schemas(oid)`: schemas that are neither PostgreSQL's own nor fastpyd's. Each row arrives in `introspect`.
   * A function where it can also be asked of some relations, routines and types alone.
   */
  readonly query?: string | ((within: Within) => string);
  /**
   * For kinds that few parts of a schema have: SQL that says where `query` can find something, so that it is asked only there. Text is about
   * one relation, the alias `c` of pg_class, for kinds that only relations have; a function's is about all that is read.
   */
  readonly rarely?: string | ((within: Within) => string);
  readonly introspect: (catalog: Catalog, rows: readonly any[]) => Iterable<Introspected<Obj>>;
  /** How COMMENT ON, GRANT and DROP name the object: `TABLE "public"."posts"`, `COLUMN public.posts.title`. */
  readonly reference: (object: Obj) => string;
  readonly create: (object: Obj, context: AlterContext) => readonly (string | Statement)[];
  readonly drop: (object: Obj, options?: DropOptions) => readonly (string | Statement)[];
  /** Dropped behind everything else, since much may name it that is only altered. */
  readonly dropsLast?: boolean;
  /** `REPLACE`, `SWAP`, or how to get from one to the other in place. Called only when the two differ. */
  readonly alter: (before: Obj, after: Obj, context: AlterContext) => Alteration | typeof REPLACE | typeof SWAP;
  /** Frees the object from what decides about its parts until it is altered, so that these can change before; undefined where nothing does. */
  readonly leave?: (before: Obj, after: Obj) => readonly string[] | undefined;
  /** Renames the object in place, when the kind can; `after` has the new name. */
  readonly rename?: (before: Obj, after: Obj) => readonly string[];
  /** `rename` takes the object to another schema too, when `after` is in one. What belongs to something else moves with that. */
  readonly moves?: boolean;
  readonly members?: Members<Obj>;
  /**
   * Folds an owned object into its owner's CREATE statement: the line inside the parentheses of CREATE TABLE; and one that is dropped with a base
   * type into what makes that. Undefined where it has to be a statement of its own.
   */
  readonly inline?: (object: Obj, context: AlterContext) => string | undefined;
  /** Statements that an inlined object still needs behind its owner's CREATE. */
  readonly afterInline?: (object: Obj) => readonly (string | Statement)[];
  /** What the object is at first when it comes to a partition or a child table with its parent's; the same as there but for what PostgreSQL passes on. */
  readonly asInherited?: (object: Obj, parent: Obj) => Obj;
  /** What the object is at first when it is implied by its owner's CREATE statement; the parent's object where it has that from a parent. */
  readonly asImplied?: (object: Obj, parent: Obj | undefined) => Obj;
  /** Fields whose alteration in a parent's object does not reach those that repeat it. */
  readonly ofOneTable?: readonly (keyof Obj & string)[];
  /** Completes an object yielded with `ownerAddress` by what it describes: its id, its owner and how SQL refers to that. */
  readonly settle?: (object: Obj, owner: SchemaObject, reference: string) => Obj;
  /** What an object that `settle` completed needs beyond its owner. */
  readonly settledNeeds?: (object: Obj, owner: SchemaObject) => readonly ObjectId[];
  /** True where dropping what it needs takes it along unasked, so that what is altered before is lost. */
  readonly goesAlong?: boolean;
  /** Renames a type out of the way of its successor (see SWAP), and drops it under that name. */
  readonly setAside?: (object: Obj) => SetAside;
  /** Names that two objects cannot share at a time, e.g. `relation public.posts`; the default is none. */
  readonly claims?: (object: Obj) => readonly string[];
  /** What only one object can have at a time, and gets by an alteration: the table that is clustered on an index. */
  readonly holds?: (object: Obj) => readonly string[];
  /** True when dropping the object can lose rows; the row count is looked up live. */
  readonly holdsData?: (object: Obj) => boolean;
}

/** Keeps the inference of a kind's object type while checking it. */
export const defineKind = <Obj extends SchemaObject>(kind: SchemaKind<Obj>): SchemaKind<Obj> => kind;
