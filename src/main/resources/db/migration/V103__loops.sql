-- golden: loops are looked for among the versions of the last minutes
create index customer_history_at on customer_history using brin (at) with (pages_per_range = 16);
-- pins that the hub set itself, since an attribute kept flipping: they wait for a steward
create index pin_frozen on pin (pinned_at) where pinned_by = 'hub' and retracted_at is null;
