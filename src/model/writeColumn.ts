import { quoteIdentifier } from '../database/quote.ts';
import type { Column } from './column.ts';
import { writeSequenceOptions } from './sequenceOptions.ts';
import { writeSql } from './sql.ts';

function writeIdentity({ parts }: Column): string {
  if (!parts.identity) return '';
  const options = writeSequenceOptions(parts.identity);
  return ` GENERATED ${parts.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options ? ` (${options})` : ''}`;
}

function writeGenerated({ parts: { generated } }: Column): string {
  if (generated === undefined) return '';
  return ` GENERATED ALWAYS AS (${writeSql(generated.expression)}) ${generated.isStored ? 'STORED' : 'VIRTUAL'}`;
}

/** A column as CREATE TABLE has it. */
export function writeColumn(name: string, column: Column, isOnlyKey: boolean): string {
  const { parts } = column;
  const unique = parts.unique ? ` UNIQUE${parts.unique.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}` : '';
  return [
    `${quoteIdentifier(name)} ${parts.typeSql()}`,
    parts.compression ? ` COMPRESSION ${parts.compression}` : '',
    parts.collation ? ` COLLATE ${parts.collation.split('.').map(quoteIdentifier).join('.')}` : '',
    parts.isNullable ? '' : ' NOT NULL',
    parts.defaultSql ? ` DEFAULT ${parts.defaultSql()}` : '',
    writeGenerated(column),
    writeIdentity(column),
    isOnlyKey ? ' PRIMARY KEY' : '',
    unique,
    ...(parts.checks ?? []).map((condition) => ` CHECK (${writeSql(condition)})`),
  ].join('');
}
