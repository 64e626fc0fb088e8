import { check, column, enumType, index, sql, table } from 'fastpyd/model';
import { User } from './user.ts';

export const PostStatus = enumType('post_status', ['draft', 'published', 'archived']);

export const Post = table(
  'posts',
  {
    id: column.bigint().identity().primaryKey(),
    authorId: column.bigint().references(() => User.id, { onDelete: 'cascade' }),
    title: column.varchar(200),
    body: column.text(),
    status: column.enum(PostStatus).default('draft'),
    publishedAt: column.timestamptz().nullable(),
    createdAt: column.timestamptz().default(sql`now()`),
    updatedAt: column.timestamptz().default(sql`now()`),
  },
  (post) => [
    index(post.authorId),
    index(post.publishedAt.desc()).where(sql`${post.status} = 'published'`),
    check('posts_title_not_blank', sql`length(btrim(${post.title})) > 0`),
    check('posts_published_has_time', sql`${post.status} <> 'published' OR ${post.publishedAt} IS NOT NULL`),
  ],
);
