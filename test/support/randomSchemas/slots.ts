/** Which version of each slot a schema has: the first is nothing, or the simplest. */
export type Choice = Readonly<Record<string, number>>;

/** What a slot may look at: whether a table or type is there, and what was chosen for it. */
export interface Look {
  /** The chosen text of a slot; empty when the slot has nothing. */
  readonly at: (slot: string) => string;
}

/** A text, or how it follows from other slots; empty where those lack what it needs. */
export type Version = string | ((look: Look) => string);

/** A place in a schema, with the versions that may stand there. */
export interface Slot {
  readonly file: string;
  readonly versions: readonly Version[];
}

/** The SQL text of each file. */
export type SchemaFiles = Readonly<Record<string, string>>;
