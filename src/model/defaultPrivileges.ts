import { quoteIdentifier } from '../database/quote.ts';
import { DECLARATION, type Declaration, STAGES } from './declaration.ts';
import { callerPlace } from './place.ts';
import { writeRole } from './role.ts';

export interface DefaultPrivilegesOptions {
  readonly on: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas';
  /** Roles by name, or `public`. */
  readonly to: string | readonly string[];
  /** The schema; all of them unless said. */
  readonly in?: string | undefined;
  /** Whose new objects they are for; the connecting role's unless said. */
  readonly for?: string | undefined;
  readonly withGrantOption?: boolean | undefined;
  /** Takes away, instead of granting, what PostgreSQL grants by itself. */
  readonly revoke?: boolean | undefined;
}

/** Grants privileges on objects that are made later: `defaultPrivileges(['select'], { on: 'tables', in: 'app', to: 'reader' })`. */
export function defaultPrivileges(privileges: readonly string[] | 'all', options: DefaultPrivilegesOptions): Declaration {
  const place = callerPlace();
  const statements = () => [{ sql: writeDefaults(privileges, options), stage: STAGES.attached, place }];
  return { [DECLARATION]: { object: undefined, place, statements, renames: () => [] } };
}

function writeDefaults(privileges: readonly string[] | 'all', options: DefaultPrivilegesOptions): string {
  const what = privileges === 'all' ? 'ALL' : privileges.map((privilege) => privilege.toUpperCase()).join(', ');
  const role = options.for ? ` FOR ROLE ${writeRole(options.for)}` : '';
  const schema = options.in ? ` IN SCHEMA ${quoteIdentifier(options.in)}` : '';
  const [verb, preposition] = options.revoke ? ['REVOKE', 'FROM'] : ['GRANT', 'TO'];
  const roles = [options.to].flat().map(writeRole).join(', ');
  const option = options.withGrantOption && !options.revoke ? ' WITH GRANT OPTION' : '';
  return `ALTER DEFAULT PRIVILEGES${role}${schema} ${verb} ${what} ON ${options.on.toUpperCase()} ${preposition} ${roles}${option}`;
}
