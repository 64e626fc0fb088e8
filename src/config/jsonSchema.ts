import { z } from 'zod';
import { configShape } from './shape.ts';

/** The JSON Schema of `fastpyd.config.json`, as `fastpyd.schema.json` holds it. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configShape, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'fastpyd.config.json', ...schema }, null, 2)}\n`;
}
