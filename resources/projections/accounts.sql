-- The accounts read model as an ordinary query: who owns an account, what is its balance, is it open?
-- One event may feed several accounts: a transfer takes from one and gives to another.
WITH moves AS (
  SELECT data.accountId AS account, at, type, data.owner AS owner,
         CASE type WHEN 'MoneyDeposited' THEN data.amount
                   WHEN 'MoneyWithdrawn' THEN -data.amount
                   WHEN 'AccountOpened' THEN coalesce(data.initialBalance, 0) END AS amount  -- few logs have it
  FROM events WHERE type <> 'MoneyTransferred'
  UNION ALL
  SELECT data.fromAccountId, at, type, NULL, -data.amount FROM events WHERE type = 'MoneyTransferred'
  UNION ALL
  SELECT data.toAccountId, at, type, NULL, data.amount FROM events WHERE type = 'MoneyTransferred'
)
SELECT account,
       last(owner) AS owner,
       coalesce(sum(amount), 0) AS balance,
       last(CASE type WHEN 'AccountOpened' THEN 'open'
                      WHEN 'AccountClosed' THEN 'closed'
                      WHEN 'AccountFrozen' THEN 'frozen'
                      WHEN 'AccountUnfrozen' THEN 'open' END) AS status,
       last(CASE type WHEN 'AccountOpened' THEN at END) AS opened,
       count(*) AS version
FROM moves
GROUP BY account
