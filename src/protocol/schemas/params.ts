/** What the parameters of several requests share. */
import { z } from 'zod';
import type { Answers, DatabaseParams } from '../methods.ts';

/** A zod shape for each field of a type: a field that the type has and the shape misses does not compile. */
export type Fields<Type> = { readonly [Key in keyof Type]-?: z.ZodType<Type[Key]> };

/** An object with exactly these fields. */
export function object<Type>(fields: Fields<Type>): z.ZodType<Type> {
  return z.strictObject(fields) as unknown as z.ZodType<Type>;
}

const DATABASE_RULE = 'must be a postgresql:// URL or "embedded"';

export const text = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' }).max(10_000, { error: 'is too long' });
export const flag = z.boolean({ error: 'must be true or false' }).optional();
export const texts = z.array(text, { error: 'must be a list of texts' }).max(1_000, { error: 'has too many entries' }).optional();

/** A whole number that counts something, from 1. */
export const count = z
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be at least 1' })
  .max(1_000_000_000, { error: 'is too large' })
  .optional();

export const database: Fields<DatabaseParams> = {
  database: z
    .string({ error: DATABASE_RULE })
    .max(10_000, { error: 'is too long' })
    .regex(/^(?:embedded|postgres(?:ql)?:\/\/.*)$/s, { error: DATABASE_RULE })
    .refine((url) => url === 'embedded' || URL.canParse(url), { error: 'is a URL that cannot be read' }),
};

export const answers: Fields<Answers> = {
  force: flag,
  rename: texts,
  drop: texts,
  default: texts,
  map: texts,
  allow: texts,
  target: text.optional(),
};
