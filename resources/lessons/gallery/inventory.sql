-- How many of each item are there?
SELECT data.item AS item,
       sum(CASE type WHEN 'GoodsReceived' THEN data.quantity WHEN 'GoodsPicked' THEN -data.quantity WHEN 'StockCorrected' THEN data.difference END) AS stock,
       count(*) FILTER (WHERE type = 'GoodsPicked') AS picks, max(data.quantity) AS largest
FROM events GROUP BY item
