-- Where is each book, and how often was it lent?
SELECT data.book AS book, last(data.title) AS title,
       last(CASE type WHEN 'BookAcquired' THEN 'in' WHEN 'BookLent' THEN 'lent' WHEN 'BookReturned' THEN 'in' END) AS status,
       count(*) FILTER (WHERE type = 'BookLent') AS loans, last(data.reader) AS last_reader
FROM events GROUP BY book
