import { createHash } from 'node:crypto';
import { isSignificant, scanSql } from '../load/scanSql.ts';
import type { Migration, Step } from './migrationFile.ts';

/**
 * SHA-256 of what a migration does, hexadecimal. Comments, blanks, line ends and the form of the file do not count, nor does its place in
 * history: a migration that gets another parent is not edited.
 */
export const checksumOf = ({ transaction, up, down }: Pick<Migration, 'transaction' | 'up' | 'down'>): string =>
  createHash('sha256')
    .update(JSON.stringify([transaction, up.map(essence), down?.map(essence) ?? null]))
    .digest('hex');

const essence = (step: Step): readonly string[] =>
  step.kind === 'sql'
    ? scanSql(step.sql)
        .filter(isSignificant)
        .map(({ text }) => text)
    : [plainText(step.source)];

/** The checksum that the first versions wrote: of the whole text of a file. */
export const textChecksumOf = (text: string): string => createHash('sha256').update(plainText(text)).digest('hex');

/** A text without what editors and git change: line ends and trailing blanks. */
export const plainText = (text: string): string => text.replace(/[ \t]*\r?\n/g, '\n').trimEnd();
