CREATE PUBLICATION "p" WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = false, publish_generated_columns = none);
