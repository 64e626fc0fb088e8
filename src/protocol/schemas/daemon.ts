/** Parameters of the `daemon.*` requests. */
import { z } from 'zod';
import type { HelloParams } from '../methods.ts';
import { text } from './params.ts';

/** Open to fields that a later client may add: an older daemon must understand a greeting well enough to say which version it is. */
export const helloParams: z.ZodType<HelloParams> = z.looseObject({
  protocolVersion: z.int({ error: 'must be a whole number' }),
  packageVersion: text,
  packagePath: text,
  project: text,
}) as unknown as z.ZodType<HelloParams>;

export const noParams = z.strictObject({}) as unknown as z.ZodType<Record<string, never>>;
