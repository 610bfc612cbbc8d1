-- Early warning: why a record of the form "alert" was raised. rule: its name in forms/alert.rules.csv.
CREATE TABLE monitor_alert (
	record INTEGER PRIMARY KEY,
	rule TEXT NOT NULL,
	country TEXT NOT NULL,
	act TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX monitor_alert_country ON monitor_alert(country, at);
CREATE INDEX monitor_alert_at ON monitor_alert(at);
CREATE INDEX monitor_alert_rule ON monitor_alert(rule, country, act, at);
-- News of a country that belong to no consultation: kind 8 an early warning (item: its record).
ALTER TABLE notify_news ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE notify_news ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE notify_news ADD COLUMN lang TEXT NOT NULL DEFAULT '';
