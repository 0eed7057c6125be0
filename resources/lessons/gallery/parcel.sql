-- Where was each parcel seen last, and is it there?
SELECT data.parcel AS parcel, last(data.place) AS place,
       last(CASE type WHEN 'ParcelSent' THEN 'on its way' WHEN 'DeliveryFailed' THEN 'nobody at home' WHEN 'ParcelDelivered' THEN 'delivered' END) AS status,
       count(*) FILTER (WHERE type = 'DeliveryFailed') AS failures
FROM events GROUP BY parcel
