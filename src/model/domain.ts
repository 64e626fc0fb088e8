import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { Sql, writeSql } from './sql.ts';
import { type TypeName, writeType } from './types.ts';

export interface DomainOptions {
  readonly type: TypeName;
  readonly default?: Sql | string | number | boolean | undefined;
  readonly notNull?: boolean | undefined;
  readonly collation?: string | undefined;
  /** A condition on VALUE, or several, each under its constraint's name. */
  readonly check?: Sql | Readonly<Record<string, Sql>> | undefined;
}

function writeChecks(check: DomainOptions['check']): string {
  if (check === undefined) return '';
  if (check instanceof Sql) return ` CHECK (${writeSql(check)})`;
  return Object.entries(check)
    .map(([name, condition]) => ` CONSTRAINT ${quoteIdentifier(name)} CHECK (${writeSql(condition)})`)
    .join('');
}

/** Declares a domain: a type with conditions, `domain('email', { type: 'text', check: sql`VALUE ~ '@'` })`. */
export function domain(name: Name, options: DomainOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => [
    [
      `CREATE DOMAIN ${reference()} AS ${writeType(options.type)}`,
      options.collation ? ` COLLATE ${quoteIdentifier(options.collation)}` : '',
      options.default === undefined ? '' : ` DEFAULT ${writeSql(options.default)}`,
      options.notNull ? ' NOT NULL' : '',
      writeChecks(options.check),
    ].join(''),
  ];
  return new Named({ kind: 'DOMAIN', path: dotted(full), reference, stage: STAGES.type, create });
}
