import { seeder } from 'fastpyd/seeder';
import { Tag } from '../models/tag.ts';

export default seeder(async ({ count = 5, faker }) => {
  const tags = Array.from({ length: count }, () => {
    const words = [faker.word.adjective(), faker.word.noun()];
    // The random part keeps slugs apart when the seeder runs again.
    return {
      slug: `${faker.helpers.slugify(words.join(' ').toLowerCase()).slice(0, 40)}-${faker.string.numeric(8)}`,
      label: words.join(' '),
    };
  });
  await Tag.createMany(tags);
});
