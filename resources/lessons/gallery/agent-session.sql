-- What has each run done, and what did it cost?
SELECT data.run AS run, count(*) FILTER (WHERE type = 'ToolCalled') AS calls,
       count(*) FILTER (WHERE type = 'ToolFailed') AS failures, sum(data.tokens) AS tokens, last(data.tool) AS last_tool,
       last(CASE type WHEN 'RunStarted' THEN 'running' WHEN 'RunFinished' THEN 'finished' END) AS status
FROM events GROUP BY run
