-- What readers see: published posts with their author and how many comments they have.
CREATE VIEW published_posts AS
SELECT posts.id, posts.title, posts.body, posts.published_at, users.name AS author_name,
       (SELECT count(*) FROM comments WHERE comments.post_id = posts.id) AS comment_count
FROM posts
JOIN users ON users.id = posts.author_id
WHERE posts.status = 'published';

COMMENT ON VIEW published_posts IS 'Published posts as readers see them';

-- An edit moves updated_at by itself, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

CREATE TRIGGER posts_touch_updated_at
BEFORE UPDATE ON posts
FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
