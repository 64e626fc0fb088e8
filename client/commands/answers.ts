/** The options that answer questions, shared by the commands that may ask some. */
import type { Answers } from '../../src/protocol/methods.ts';
import { flagOption, listOption, textOption } from '../arguments.ts';
import type { Option, OptionValues } from '../command.ts';

/** Consent to a loss and the name of the database, for commands that destroy. */
export const consentOptions = {
  force: { type: 'boolean', help: 'accept every loss that the command names' },
  target: { type: 'string', value: 'NAME', help: "the database's name, as confirmation where it is protected or not on this machine" },
} satisfies Record<string, Option>;

/** Answers about what a model change means, for commands that plan one. */
export const answerOptions = {
  rename: { type: 'string', multiple: true, value: 'OLD:NEW', help: 'this is a rename: public.posts.title:headline' },
  drop: { type: 'string', multiple: true, value: 'OBJECT', help: 'this may be dropped with its rows: public.posts.body' },
  default: { type: 'string', multiple: true, value: 'COLUMN=EXPR', help: 'value of a new column for the rows that exist' },
  map: { type: 'string', multiple: true, value: 'VALUE=OTHER', help: 'rows with a value that goes get this one: public.status.gone=draft' },
  ...consentOptions,
} satisfies Record<string, Option>;

/** The answers among a command's options. */
export function answersOf(values: OptionValues): Answers {
  return {
    force: flagOption(values, 'force'),
    target: textOption(values, 'target'),
    rename: listOption(values, 'rename'),
    drop: listOption(values, 'drop'),
    default: listOption(values, 'default'),
    map: listOption(values, 'map'),
    allow: listOption(values, 'allow'),
  };
}
