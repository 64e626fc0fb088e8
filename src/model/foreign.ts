import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';
import { type ForeignOptions, writeForeignOptions } from './options.ts';
import { writeRole } from './role.ts';
import { type SqlReference, TO_SQL } from './sql.ts';

export interface ForeignDataWrapperOptions {
  /** Functions, by name as SQL writes them. */
  readonly handler?: string | undefined;
  readonly validator?: string | undefined;
  readonly options?: ForeignOptions | undefined;
}

/** Declares a foreign data wrapper: how servers of a sort are talked to. Most come with an extension. */
export function foreignDataWrapper(name: string, { handler, validator, options }: ForeignDataWrapperOptions = {}): Named {
  const reference = (): string => quoteIdentifier(name);
  const functions = `${handler ? ` HANDLER ${handler}` : ''}${validator ? ` VALIDATOR ${validator}` : ''}`;
  const create = (): string[] => [`CREATE FOREIGN DATA WRAPPER ${reference()}${functions}${writeForeignOptions(options)}`];
  return new Named({ kind: 'FOREIGN DATA WRAPPER', path: name, reference, stage: STAGES.extension, create });
}

export interface ForeignServerOptions {
  /** A declared wrapper, or its name as SQL: `postgres_fdw`. */
  readonly wrapper: SqlReference | string;
  readonly type?: string | undefined;
  readonly version?: string | undefined;
  readonly options?: ForeignOptions | undefined;
}

const written = (target: SqlReference | string): string => (typeof target === 'string' ? target : target[TO_SQL]());

/** Declares a foreign server. */
export function foreignServer(name: string, { wrapper, type, version, options }: ForeignServerOptions): Named {
  const reference = (): string => quoteIdentifier(name);
  const facts = `${type ? ` TYPE ${quoteLiteral(type)}` : ''}${version ? ` VERSION ${quoteLiteral(version)}` : ''}`;
  const create = (): string[] => [
    `CREATE SERVER ${reference()}${facts} FOREIGN DATA WRAPPER ${written(wrapper)}${writeForeignOptions(options)}`,
  ];
  return new Named({ kind: 'SERVER', path: name, reference, stage: STAGES.extension, create });
}

export interface UserMappingOptions {
  /** A role, or `public`. */
  readonly for: string;
  readonly server: SqlReference | string;
  readonly options?: ForeignOptions | undefined;
}

/** Declares as whom a role speaks to a foreign server. Mind that its options are plain text in the models. */
export function userMapping({ for: role, server, options }: UserMappingOptions): Named {
  const reference = (): string => `FOR ${writeRole(role)} SERVER ${written(server)}`;
  const create = (): string[] => [`CREATE USER MAPPING ${reference()}${writeForeignOptions(options)}`];
  return new Named({ kind: 'USER MAPPING', path: role, isUnique: false, reference, stage: STAGES.attached, create });
}
