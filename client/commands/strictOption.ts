import type { Option } from '../command.ts';

/** Of the commands that look at models. */
export const strictOption = {
  strict: { type: 'boolean', help: 'fail where something is of a kind that is not modelled; a new migration is checked a second time' },
} satisfies Record<string, Option>;
