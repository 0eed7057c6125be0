-- How does each issue stand?
SELECT data.issue AS issue, last(data.title) AS title,
       last(CASE type WHEN 'IssueOpened' THEN 'open' WHEN 'IssueClosed' THEN 'closed' WHEN 'IssueReopened' THEN 'open' END) AS state,
       count(*) FILTER (WHERE type = 'CommentAdded') AS comments, last(data.label) AS label
FROM events GROUP BY issue
