-- owns site_

-- :many scan "a handful of rows, all of them wanted" site_settings () -> name str, value str
SELECT name, value FROM site_setting ORDER BY name;

-- :exec site_setting_put (name str, value str)
INSERT INTO site_setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
