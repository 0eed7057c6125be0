-- What does each order hold, what does it cost, and how far is it?
SELECT data.order AS "order", count(*) FILTER (WHERE type = 'ItemAdded') AS items,
       sum(CASE type WHEN 'ItemAdded' THEN data.price WHEN 'ItemRemoved' THEN -data.price END) AS total,
       last(CASE type WHEN 'OrderPaid' THEN 'paid' WHEN 'OrderShipped' THEN 'shipped' WHEN 'OrderReturned' THEN 'returned' END) AS status
FROM events GROUP BY "order"
