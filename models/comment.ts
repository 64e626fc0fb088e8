import { column, index, sql, table } from 'fastpyd/model';
import { Post } from './post.ts';
import { User } from './user.ts';

export const Comment = table(
  'comments',
  {
    id: column.bigint().identity().primaryKey(),
    postId: column.bigint().references(() => Post.id, { onDelete: 'cascade' }),
    authorId: column
      .bigint()
      .references(() => User.id, { onDelete: 'set null' })
      .nullable(),
    body: column.text(),
    createdAt: column.timestamptz().default(sql`now()`),
  },
  (comment) => [index(comment.postId, comment.createdAt), index(comment.authorId)],
);
