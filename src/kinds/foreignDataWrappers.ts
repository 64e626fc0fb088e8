import { changeForeignOptions, type ForeignOptions, foreignOptions } from './foreignOptions.ts';
import { idOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** A foreign-data wrapper that no extension brought. */
export interface ForeignDataWrapper extends SchemaObject {
  readonly kind: 'foreign-data wrapper';
  readonly wrapper: string;
  /** Qualified. */
  readonly handler: string | null;
  readonly validator: string | null;
  readonly options: ForeignOptions;
}

interface ForeignDataWrapperRow {
  readonly oid: string;
  readonly wrapper: string;
  readonly handler: string | null;
  readonly validator: string | null;
  readonly options: readonly string[] | null;
}

const routineClause = (word: string, routine: string | null): string => (routine === null ? ` NO ${word}` : ` ${word} ${routine}`);

export const foreignDataWrappers = defineKind<ForeignDataWrapper>({
  name: 'foreign-data wrapper',
  order: 50,
  query: `
    select w.oid::text, w.fdwname as wrapper, nullif(w.fdwhandler, 0)::regproc::text as handler, nullif(w.fdwvalidator, 0)::regproc::text as validator, to_json(w.fdwoptions) as options
    from pg_foreign_data_wrapper w`,
  *introspect(catalog, rows: readonly ForeignDataWrapperRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_foreign_data_wrapper', row.oid)) continue;
      yield {
        object: {
          kind: 'foreign-data wrapper',
          id: idOf('foreign-data wrapper', row.wrapper),
          name: row.wrapper,
          wrapper: row.wrapper,
          handler: row.handler,
          validator: row.validator,
          options: [...(row.options ?? [])].sort(),
        },
        addresses: [`pg_foreign_data_wrapper/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `FOREIGN DATA WRAPPER ${quote(object.wrapper)}`,
  create: (object) => {
    const handler = object.handler === null ? '' : ` HANDLER ${object.handler}`;
    const validator = object.validator === null ? '' : ` VALIDATOR ${object.validator}`;
    return [`CREATE FOREIGN DATA WRAPPER ${quote(object.wrapper)}${handler}${validator}${foreignOptions(object.options)}`];
  },
  drop: (object) => [`DROP FOREIGN DATA WRAPPER ${quote(object.wrapper)}`],
  alter: (before, after) => {
    const handler = before.handler === after.handler ? '' : routineClause('HANDLER', after.handler);
    const validator = before.validator === after.validator ? '' : routineClause('VALIDATOR', after.validator);
    const options = changeForeignOptions(before.options, after.options);
    return { statements: [`ALTER FOREIGN DATA WRAPPER ${quote(after.wrapper)}${handler}${validator}${options}`] };
  },
  rename: (before, after) => [`ALTER FOREIGN DATA WRAPPER ${quote(before.wrapper)} RENAME TO ${quote(after.wrapper)}`],
});
