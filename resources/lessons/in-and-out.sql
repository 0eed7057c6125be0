-- What came in and what went out, account by account and month by month.
SELECT data.accountId AS account,
       substr(at, 1, 7) AS month,
       sum(data.amount) FILTER (WHERE type = 'MoneyDeposited') AS deposited,
       sum(data.amount) FILTER (WHERE type = 'MoneyWithdrawn') AS withdrawn,
       count(*) AS movements
FROM events
WHERE type IN ('MoneyDeposited', 'MoneyWithdrawn')
GROUP BY account, month
