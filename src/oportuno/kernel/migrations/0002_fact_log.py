"""The fact log: partitioned by month, append-only, read below the oldest running transaction."""

from django.db import migrations

from oportuno.kernel.isolation import Isolate

OWN = "organisation_id = NULLIF(current_setting('app.organisation', true), '')::int"

FACT = f"""
CREATE SEQUENCE fact_id AS bigint CACHE 50;

-- Facts of a restored backup keep the numbers of the old server; fact_rebase() lifts ours above them.
CREATE FUNCTION fact_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 0::bigint $$;

CREATE FUNCTION fact_transaction() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT pg_current_xact_id()::text::bigint + fact_offset() $$;

-- Below this number every transaction of this database has ended. Ask before reading, in a statement of its own.
-- Transactions of other databases on the same server count for PostgreSQL's snapshot, but write no facts here: those
-- of sessions elsewhere are left out. Whatever is not known to be elsewhere counts as ours.
CREATE FUNCTION fact_horizon() RETURNS bigint LANGUAGE sql VOLATILE AS
$$
    WITH now AS MATERIALIZED (SELECT pg_current_snapshot() AS snapshot),
    elsewhere AS MATERIALIZED (
        SELECT own.transactionid::text::bigint AS number
        FROM pg_locks own JOIN pg_stat_activity who ON who.pid = own.pid
        WHERE own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock' AND own.granted
          AND who.datid NOT IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    )
    SELECT LEAST(
        (SELECT pg_snapshot_xmax(snapshot)::text::bigint FROM now),
        (SELECT min(running::text::bigint) FROM now, pg_snapshot_xip(snapshot) AS running
         WHERE mod(running::text::bigint, 4294967296) NOT IN (SELECT number FROM elsewhere))
    ) + fact_offset()
$$;

CREATE TABLE fact (
    transaction bigint NOT NULL DEFAULT fact_transaction(),
    id bigint NOT NULL DEFAULT nextval('fact_id'),
    at timestamptz NOT NULL,
    organisation_id integer NOT NULL,
    kind_id integer NOT NULL,
    subject_id uuid,
    contact_id uuid,
    visitor_id uuid,
    person_id uuid,
    data jsonb NOT NULL
) PARTITION BY RANGE (at);

CREATE INDEX fact_in_order ON fact (transaction, id);
CREATE INDEX fact_of_contact ON fact (organisation_id, contact_id, at DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX fact_of_organisation ON fact (organisation_id, kind_id, at DESC); -- the kind is free: it fills a gap of four bytes

CREATE TABLE fact_elsewhen PARTITION OF fact DEFAULT;
ALTER TABLE fact_elsewhen ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE fact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fact TO oportuno_app USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY market ON fact TO oportuno_market USING (true) WITH CHECK (true);

-- A partition may be asked for by the application, which owns nothing: this one deed is done as the owner.
CREATE FUNCTION fact_partition(month date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', month)::date;
    name text := 'fact_y' || to_char(first, 'YYYY"m"MM');
BEGIN
    IF first NOT BETWEEN date '2000-01-01' AND (now() + interval '3 years')::date THEN
        RAISE 'no partition for %', first;
    END IF;
    IF to_regclass('public.' || name) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(name));
        BEGIN
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF fact FOR VALUES FROM (%L) TO (%L)', name, first, (first + interval '1 month')::date);
        EXCEPTION WHEN check_violation THEN -- the month began without it: its facts lie in fact_elsewhen, and are well there
            RETURN NULL;
        END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('REVOKE ALL ON %I FROM oportuno_app, oportuno_market, oportuno_public, oportuno_person', name);
    END IF;
    RETURN name;
END $$;
REVOKE ALL ON FUNCTION fact_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fact_partition(date) TO oportuno_app, oportuno_market;

SELECT fact_partition((date_trunc('month', now()) + make_interval(months => n))::date) FROM generate_series(-1, 2) n;

CREATE FUNCTION fact_rebase() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    highest bigint := (SELECT COALESCE(max(transaction), 0) + 1 FROM fact);
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION fact_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS $f$ SELECT %s::bigint $f$', highest);
END $$;
REVOKE ALL ON FUNCTION fact_rebase() FROM PUBLIC;
"""

NO_FACT = """
DROP TABLE fact;
DROP FUNCTION fact_rebase(); DROP FUNCTION fact_partition(date); DROP FUNCTION fact_horizon(); DROP FUNCTION fact_transaction();
DROP FUNCTION fact_offset();
DROP SEQUENCE fact_id;
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_kernel", "0001_initial")]
    operations = [migrations.RunSQL(FACT, NO_FACT), Isolate("AuditEntry")]
