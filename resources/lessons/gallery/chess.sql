-- What has each player done?
SELECT data.player AS player, count(*) FILTER (WHERE type = 'PieceMoved') AS moves,
       count(*) FILTER (WHERE type = 'PieceCaptured') AS captures, last(data.move) AS last_move,
       last(CASE type WHEN 'CheckmateGiven' THEN 'won' END) AS result
FROM events GROUP BY player
