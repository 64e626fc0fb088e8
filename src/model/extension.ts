import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';

export interface ExtensionOptions {
  readonly schema?: string | undefined;
  readonly version?: string | undefined;
  /** Installs the extensions that it needs, too. */
  readonly cascade?: boolean | undefined;
}

/** Declares an extension that the database has. */
export function extension(name: string, options: ExtensionOptions = {}): Named {
  const reference = (): string => quoteIdentifier(name);
  const create = (): string[] => [
    [
      `CREATE EXTENSION ${reference()}`,
      options.schema ? ` SCHEMA ${quoteIdentifier(options.schema)}` : '',
      options.version ? ` VERSION ${quoteIdentifier(options.version)}` : '',
      options.cascade ? ' CASCADE' : '',
    ].join(''),
  ];
  return new Named({ kind: 'EXTENSION', path: name, reference, stage: STAGES.extension, create });
}
