/** The shape of `fastpyd.config.json`. The JSON Schema that editors read is made from it. */
import { z } from 'zod';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/;
const DURATION_RULE = 'is a duration: milliseconds, or text such as "500ms", "5s", "2m" or "3h"';
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

const text = (rule: string) => z.string({ error: rule }).min(1, { error: rule });
const texts = (rule: string) => z.array(text(rule), { error: rule }).min(1, { error: rule });
const matching = (rule: string, test: RegExp) => z.string({ error: rule }).regex(test, { error: rule });
const duration = z.union([z.int({ error: DURATION_RULE }).min(0, { error: DURATION_RULE }), matching(DURATION_RULE, DURATION)], {
  error: DURATION_RULE,
});

const ROLES_RULE = 'is true, false, or a list of role names in which * is any text, such as ["app_*"]';
const IGNORED_RULE = 'is a list of { "object": "public.audit_*", "reason": "why it may differ" }, both required';
const ignored = z.strictObject({ object: text(IGNORED_RULE), reason: text(IGNORED_RULE) }, { error: IGNORED_RULE });

export const configShape = z.strictObject(
  {
    $schema: z.string({ error: 'is text' }).optional().meta({ description: 'Where editors find the JSON Schema of this file.' }),
    models: texts('is a list of file patterns, such as ["models/**/*.ts"]')
      .default(['models/**/*.{ts,sql}'])
      .meta({ description: 'Patterns of the model files, relative to this file.' }),
    migrations: text('is the name of a folder')
      .default('migrations')
      .meta({ description: 'Folder of the migration files, relative to this file.' }),
    seeders: text('is the name of a folder').default('seeders').meta({ description: 'Folder of the seeders, relative to this file.' }),
    schemas: texts('is a list of schema names, such as ["public"]')
      .default(['public'])
      .meta({ description: 'The schemas that the models manage; ["*"] is every schema that is not PostgreSQL\'s own.' }),
    databaseUrl: matching(
      'is a postgresql:// URL, "env:NAME" or "embedded"',
      /^(?:embedded|env:[A-Za-z_][A-Za-z0-9_]*|postgres(?:ql)?:\/\/\S*)$/,
    )
      .optional()
      .meta({ description: 'The database, where neither --database-url nor DATABASE_URL names one.' }),
    directUrl: matching('is a postgresql:// URL or "env:NAME"', /^(?:env:[A-Za-z_][A-Za-z0-9_]*|postgres(?:ql)?:\/\/\S*)$/)
      .optional()
      .meta({ description: 'The same database without the pooler before it; where it is set, fastpyd uses it.' }),
    shadow: matching('is "embedded" or the postgresql:// URL of a server for scratch databases', /^(?:embedded|postgres(?:ql)?:\/\/\S*)$/)
      .default('embedded')
      .meta({ description: 'Where models are made real and migrations are rehearsed.' }),
    protected: z
      .boolean({ error: 'is true or false' })
      .default(false)
      .meta({ description: 'Asks for a confirmation of every destructive command, in development too.' }),
    naming: z
      .enum(['snake_case', 'verbatim'], { error: 'is "snake_case" or "verbatim"' })
      .default('snake_case')
      .meta({ description: 'How TypeScript property names become column names.' }),
    lockTimeout: duration.default('30s').meta({ description: 'How long to wait for a lock; 0 waits for ever.' }),
    statementTimeout: duration.default(0).meta({ description: 'How long one statement may run; 0 is no limit.' }),
    idleExit: duration.default('3h').meta({ description: 'The daemon ends after this long without a client; 0 is never.' }),
    manageRoles: z
      .union([z.boolean({ error: ROLES_RULE }), texts(ROLES_RULE)], { error: ROLES_RULE })
      .default(false)
      .meta({
        description: 'Whether models make and change roles of the server: all roles that they create, or those whose name fits a pattern.',
      }),
    safe: z.boolean({ error: 'is true or false' }).optional().meta({
      description:
        'Whether migrations are made so that others need not wait; where it is left out, they are for databases that are not for development.',
    }),
    ignoreDrift: z.array(ignored, { error: IGNORED_RULE }).default([]).meta({
      description: 'Objects of the live database that may differ from its migrations, by name with * for any text, each with the reason.',
    }),
    listen: matching('is a loopback address with a port, such as "127.0.0.1:4000"', LOOPBACK)
      .optional()
      .meta({ description: 'Serves RPC over TCP on this machine too, with a token.' }),
  },
  { error: 'the file holds one object: { ... }' },
);

/** A valid duration in milliseconds. */
export function milliseconds(value: number | string): number {
  if (typeof value === 'number') return value;
  const [, amount, unit] = DURATION.exec(value) ?? [];
  return Math.round(Number(amount) * UNITS[unit as keyof typeof UNITS]);
}
