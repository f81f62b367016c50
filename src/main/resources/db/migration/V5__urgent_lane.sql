-- the fast lane's relay finds its few entries among many
create index outbox_urgent on outbox (seq) where urgent;
