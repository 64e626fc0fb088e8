import { check, column, index, primaryKey, sql, table } from 'fastpyd/model';
import { Post } from './post.ts';

export const Tag = table(
  'tags',
  {
    id: column.bigint().identity().primaryKey(),
    slug: column.varchar(50).unique(),
    label: column.varchar(100),
  },
  (tag) => [check('tags_slug_is_lower_case', sql`${tag.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)],
);

/** Which tags a post has. */
export const PostTag = table(
  'post_tags',
  {
    postId: column.bigint().references(() => Post.id, { onDelete: 'cascade' }),
    tagId: column.bigint().references(() => Tag.id, { onDelete: 'cascade' }),
  },
  (postTag) => [primaryKey(postTag.postId, postTag.tagId), index(postTag.tagId)],
);
