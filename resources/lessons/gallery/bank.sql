-- What is on each account, and whose is it?
SELECT data.account AS account, last(data.owner) AS owner,
       sum(CASE type WHEN 'MoneyDeposited' THEN data.amount WHEN 'MoneyWithdrawn' THEN -data.amount END) AS balance
FROM events GROUP BY account
