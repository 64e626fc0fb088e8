import type { SafetyChoice } from '../../src/protocol/methods.ts';
import { flagOption } from '../arguments.ts';
import type { Option, OptionValues } from '../command.ts';

/** Of the commands that make migrations. */
export const safeOptions = {
  safe: { type: 'boolean', help: 'make it so that others need not wait: its statements get their safe form, one by one' },
  'no-safe': {
    type: 'boolean',
    notWith: 'safe',
    help: 'make it plain, in one transaction, also where the database is not for development',
  },
} satisfies Record<string, Option>;

/** What the options say; nothing where none was given. */
export const safetyOf = (values: OptionValues): SafetyChoice => ({
  safe: flagOption(values, 'no-safe') ? false : flagOption(values, 'safe'),
});
