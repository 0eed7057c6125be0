-- Whose is each seat, and what was paid for it?
SELECT data.seat AS seat, last(data.visitor) AS visitor,
       last(CASE type WHEN 'SeatHeld' THEN 'held' WHEN 'SeatReleased' THEN 'free' WHEN 'SeatSold' THEN 'sold' WHEN 'TicketRefunded' THEN 'free' END) AS status,
       sum(CASE type WHEN 'SeatSold' THEN data.price WHEN 'TicketRefunded' THEN -data.price END) AS paid
FROM events GROUP BY seat
