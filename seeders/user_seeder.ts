import { seeder } from 'fastpyd/seeder';
import { User } from '../models/user.ts';

export default seeder(async ({ count = 10, faker }) => {
  const users = Array.from({ length: count }, () => ({
    email: `${faker.string.uuid()}@example.com`,
    name: faker.person.fullName(),
    bio: faker.datatype.boolean() ? faker.person.bio() : null,
  }));
  await User.createMany(users);
});
