import { seeder, sql } from 'fastpyd/seeder';
import { Post } from '../models/post.ts';
import { PostTag, Tag } from '../models/tag.ts';
import { User } from '../models/user.ts';
import TagSeeder from './tag_seeder.ts';
import UserSeeder from './user_seeder.ts';

export default seeder(async ({ count = 20, faker, db, call }) => {
  await call(UserSeeder);
  await call(TagSeeder);
  const authors = await db.query<{ id: string }>(sql`SELECT ${User.id} FROM ${User}`);
  const tags = await db.query<{ id: string }>(sql`SELECT ${Tag.id} FROM ${Tag}`);

  const posts = await Post.createMany(
    Array.from({ length: count }, () => {
      const isPublished = faker.datatype.boolean(0.7);
      return {
        authorId: faker.helpers.arrayElement(authors).id,
        title: faker.lorem.sentence().slice(0, 200),
        body: faker.lorem.paragraphs(),
        status: isPublished ? ('published' as const) : ('draft' as const),
        publishedAt: isPublished ? faker.date.past() : null,
      };
    }),
  );
  await PostTag.createMany(
    posts.flatMap((post) => faker.helpers.arrayElements(tags, { min: 0, max: 3 }).map((tag) => ({ postId: post.id, tagId: tag.id }))),
  );
});
