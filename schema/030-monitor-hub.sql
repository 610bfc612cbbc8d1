-- The newest public incidents of a country.
CREATE INDEX monitor_public_country ON monitor_public(country, record);
