-- golden: who became a part of whom, looked up the other way
create index customer_redirect on customer (redirect_to) where redirect_to is not null;
