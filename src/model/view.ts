import { quoteIdentifier } from '../database/quote.ts';
import { DECLARATION, type DeclarationContent, STAGES } from './declaration.ts';
import type { Extra } from './extra.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { type Sql, writeSql } from './sql.ts';
import { type StorageParameters, writeStorage } from './storage.ts';

export interface ViewOptions {
  /** Names for the query's columns, where it gives none of its own. */
  readonly columns?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
  readonly securityBarrier?: boolean | undefined;
  readonly securityInvoker?: boolean | undefined;
  readonly checkOption?: 'local' | 'cascaded' | undefined;
}

const columnList = (columns: readonly string[] | undefined): string => (columns ? ` (${columns.map(quoteIdentifier).join(', ')})` : '');

function viewStorage({ securityBarrier, securityInvoker, checkOption }: ViewOptions): string {
  const given: [string, string | boolean | undefined][] = [
    ['security_barrier', securityBarrier],
    ['security_invoker', securityInvoker],
    ['check_option', checkOption],
  ];
  const storage = given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return storage.length > 0 ? ` WITH (${writeStorage(Object.fromEntries(storage))})` : '';
}

/** Declares a view: `view('active_users', sql`SELECT * FROM ${User} WHERE ${User.active}`)`. */
export function view(name: Name, query: Sql, options: ViewOptions = {}): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => [
    `CREATE ${options.recursive ? 'RECURSIVE ' : ''}VIEW ${reference()}${columnList(options.columns)}${viewStorage(options)} AS ${writeSql(query)}`,
  ];
  return new Named({ kind: 'VIEW', path: dotted(full), reference, stage: STAGES.view, create });
}

export interface MaterializedViewOptions {
  readonly columns?: readonly string[] | undefined;
  readonly with?: StorageParameters | undefined;
  readonly tablespace?: string | undefined;
  /** Its indexes: `[uniqueIndex(sql`id`)]`. */
  readonly indexes?: readonly Extra[] | undefined;
}

class MaterializedView extends Named {
  readonly #indexes: () => ReturnType<Extra['statementsFor']>;

  constructor(name: Name, query: Sql, options: MaterializedViewOptions) {
    const full = qualified(name);
    const reference = (): string => writeName(full);
    const create = (): string[] => [
      [
        `CREATE MATERIALIZED VIEW ${reference()}${columnList(options.columns)}`,
        options.with ? ` WITH (${writeStorage(options.with)})` : '',
        options.tablespace ? ` TABLESPACE ${quoteIdentifier(options.tablespace)}` : '',
        ` AS ${writeSql(query)}`,
      ].join(''),
    ];
    super({ kind: 'MATERIALIZED VIEW', path: dotted(full), reference, stage: STAGES.view, create });
    this.#indexes = () => (options.indexes ?? []).flatMap((index) => index.statementsFor(full));
  }

  override get [DECLARATION](): DeclarationContent {
    const own = super[DECLARATION];
    const later = () => this.#indexes().map((statement) => ({ ...statement, stage: STAGES.attached }));
    return { ...own, statements: () => [...own.statements(), ...later()] };
  }
}

/** Declares a materialized view, with its indexes. */
export const materializedView = (name: Name, query: Sql, options: MaterializedViewOptions = {}): Named =>
  new MaterializedView(name, query, options);
