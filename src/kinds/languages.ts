import { idOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** A procedural language that no extension brought. */
export interface Language extends SchemaObject {
  readonly kind: 'language';
  readonly language: string;
  readonly trusted: boolean;
  /** `HANDLER public.h`, `INLINE …` and `VALIDATOR …`, those that are there. */
  readonly routines: readonly string[];
}

interface LanguageRow {
  readonly oid: string;
  readonly language: string;
  readonly trusted: boolean;
  readonly routines: readonly (string | null)[];
}

const createLanguage = (object: Language): string =>
  `${object.trusted ? 'TRUSTED ' : ''}LANGUAGE ${quote(object.language)} ${object.routines.join(' ')}`;

export const languages = defineKind<Language>({
  name: 'language',
  order: 16,
  query: `
    select l.oid::text, l.lanname as language, l.lanpltrusted as trusted, json_build_array('HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc,
      case when l.laninline <> 0 then 'INLINE ' || l.laninline::regproc end, case when l.lanvalidator <> 0 then 'VALIDATOR ' || l.lanvalidator::regproc end) as routines
    from pg_language l where l.oid >= 16384`,
  *introspect(catalog, rows: readonly LanguageRow[]) {
    for (const { oid, routines, ...row } of rows) {
      if (catalog.inExtension('pg_language', oid)) continue;
      yield {
        object: {
          kind: 'language',
          id: idOf('language', row.language),
          name: row.language,
          ...row,
          routines: routines.filter((routine) => routine !== null),
        },
        addresses: [`pg_language/${oid}/0`],
      };
    }
  },
  reference: (object) => `LANGUAGE ${quote(object.language)}`,
  create: (object) => [`CREATE ${createLanguage(object)}`],
  drop: (object) => [`DROP LANGUAGE ${quote(object.language)}`],
  alter: (_, after) => ({ statements: [`CREATE OR REPLACE ${createLanguage(after)}`] }),
  rename: (before, after) => [`ALTER LANGUAGE ${quote(before.language)} RENAME TO ${quote(after.language)}`],
});
