import { check, column, sql, table } from 'fastpyd/model';

export const User = table(
  'users',
  {
    id: column.bigint().identity().primaryKey(),
    email: column.varchar(320).unique(),
    name: column.varchar(100),
    bio: column.text().nullable(),
    createdAt: column.timestamptz().default(sql`now()`),
  },
  (user) => [check('users_email_has_at', sql`${user.email} LIKE '%_@_%'`)],
);
