-- What came in, account by account.
SELECT data.accountId AS account,
       sum(data.amount)
         FILTER (WHERE type = 'MoneyDeposited')
         AS deposited
FROM events
GROUP BY account
