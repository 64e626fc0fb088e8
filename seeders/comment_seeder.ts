import { seeder, sql } from 'fastpyd/seeder';
import { Comment } from '../models/comment.ts';
import { Post } from '../models/post.ts';
import { User } from '../models/user.ts';
import PostSeeder from './post_seeder.ts';

export default seeder(async ({ count = 50, faker, db, call }) => {
  await call(PostSeeder);
  const posts = await db.query<{ id: string }>(sql`SELECT ${Post.id} FROM ${Post}`);
  const authors = await db.query<{ id: string }>(sql`SELECT ${User.id} FROM ${User}`);

  await Comment.createMany(
    Array.from({ length: count }, () => ({
      postId: faker.helpers.arrayElement(posts).id,
      authorId: faker.datatype.boolean(0.9) ? faker.helpers.arrayElement(authors).id : null,
      body: faker.lorem.sentences(2),
    })),
  );
});
