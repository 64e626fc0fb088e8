/** Which version of each slot a schema has: the first is nothing, or the simplest. */
export type Choice = Readonly<Record<string, number>>;

/** What a slot may look at: whether a table or type is there, what was chosen for it, and what the server can do. */
export interface Look {
  /** The chosen text of a slot; empty when the slot has nothing. */
  readonly at: (slot: string) => string;
  /** The server's. */
  readonly major: number;
}

/** A text, or how it follows from other slots; empty where those lack what it needs. */
export type Version = string | ((look: Look) => string);

/** A place in a schema, with the versions that may stand there. */
export interface Slot {
  /** Where the text stands; empty for what is a part of another slot's text. */
  readonly file: string;
  readonly versions: readonly Version[];
  /** True of what others need, so that it is there more often. */
  readonly isBase?: boolean;
}

/** Slots by their names. */
export type Slots = Readonly<Record<string, Slot>>;

/** The SQL text of each file. */
export type SchemaFiles = Readonly<Record<string, string>>;

/** A slot in a file of its own, which may be empty. */
export const slot = (file: string, ...versions: readonly Version[]): Slot => ({ file, versions: ['', ...versions] });

/** A slot whose text stands in that of another one. */
export const inner = (...versions: readonly Version[]): Slot => ({ file: '', versions });

/** One that others need. */
export const base = (basic: Slot): Slot => ({ ...basic, isBase: true });

/** The text of a version. */
export const textOf = (version: Version, look: Look): string => (typeof version === 'string' ? version : version(look));

/** Only on servers from this major on. */
export const since =
  (major: number, version: Version): Version =>
  (look) =>
    look.major < major ? '' : textOf(version, look);

/** Only where all of these slots have something. */
export const needs =
  (slots: readonly string[], version: Version): Version =>
  (look) =>
    slots.some((name) => look.at(name) === '') ? '' : textOf(version, look);
