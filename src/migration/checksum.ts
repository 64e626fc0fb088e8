import { createHash } from 'node:crypto';

/** SHA-256 of a file's text, hexadecimal; line ends and trailing blanks do not count, since editors and git change them. */
export const checksumOf = (text: string): string =>
  createHash('sha256')
    .update(text.replace(/[ \t]*\r?\n/g, '\n').trimEnd())
    .digest('hex');
