-- sync: the trace of what made a customer change, a W3C traceparent; null: there is none, or it is not sampled
alter table outbox add column trace text;
alter table delivery add column trace text;
