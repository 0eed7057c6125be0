-- A row for each type of event: how often has it happened, and when for the first time?
SELECT type AS kind, count(*) AS times, first(at) AS first_seen
FROM events
GROUP BY kind
