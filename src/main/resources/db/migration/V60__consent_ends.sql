-- sync: customers with something that may end by itself are looked at once; then the table is kept up to date
insert into consent_end (customer_id, at)
select distinct customer_id, to_timestamp(0) from source_record
where consents::text ~ '"state":"(granted|pending)"' on conflict do nothing;
