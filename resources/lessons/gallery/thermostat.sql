-- How warm is each room, how warm was it ever, and is it heated?
SELECT data.room AS room, last(data.celsius) AS celsius, max(data.celsius) AS warmest,
       last(CASE type WHEN 'HeatingTurnedOn' THEN 'on' WHEN 'HeatingTurnedOff' THEN 'off' END) AS heating,
       count(*) FILTER (WHERE type = 'TemperatureMeasured') AS measured
FROM events GROUP BY room
