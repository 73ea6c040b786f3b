"""Triggers that count bulletins: what 0006 makes, and how it is taken back."""

SQL = """
-- Counts of bulletins: each statement that moves messages, outcomes or clicks adds its difference, in its own transaction.
CREATE FUNCTION mail_outcomes_of(o mail_outcome) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
    SELECT what FROM (VALUES
        ('opened', o.opened_at IS NOT NULL), ('machine_opened', o.machine_opened_at IS NOT NULL),
        ('clicked', o.clicked_at IS NOT NULL), ('machine_clicked', o.machine_clicked_at IS NOT NULL),
        ('delivered', o.delivered_at IS NOT NULL), ('bounced', o.bounced_at IS NOT NULL),
        ('complained', o.complained_at IS NOT NULL), ('left', o.left_at IS NOT NULL), ('hard', o.hard)
    ) AS told (what, so) WHERE so
$$;

CREATE FUNCTION mail_clicks_of(c mail_click) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
    SELECT what FROM (VALUES ('link ' || c.number, c.person_at IS NOT NULL), ('machine ' || c.number, c.machine_at IS NOT NULL))
        AS told (what, so) WHERE so
$$;

CREATE FUNCTION mail_tally_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), organisation_id, frame_id, state, sum(n) FROM (
            SELECT organisation_id, frame_id, state, 1 AS n FROM after_it WHERE frame_id IS NOT NULL
            UNION ALL SELECT organisation_id, frame_id, state, -1 FROM before_it WHERE frame_id IS NOT NULL
        ) d GROUP BY organisation_id, frame_id, state HAVING sum(n) <> 0;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), organisation_id, frame_id, state, count(*) FROM after_it WHERE frame_id IS NOT NULL
        GROUP BY organisation_id, frame_id, state;
    ELSE
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), organisation_id, frame_id, state, -count(*) FROM before_it WHERE frame_id IS NOT NULL
        GROUP BY organisation_id, frame_id, state;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION mail_outcome_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), organisation_id, frame_id, what, sum(n) FROM (
            SELECT r.organisation_id, r.frame_id, what, 1 AS n FROM after_it r, LATERAL mail_outcomes_of(r::mail_outcome) AS what
            UNION ALL SELECT r.organisation_id, r.frame_id, what, -1 FROM before_it r, LATERAL mail_outcomes_of(r::mail_outcome) AS what
        ) d GROUP BY organisation_id, frame_id, what HAVING sum(n) <> 0;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), r.organisation_id, r.frame_id, what, count(*) FROM after_it r, LATERAL mail_outcomes_of(r::mail_outcome) AS what
        GROUP BY r.organisation_id, r.frame_id, what;
    ELSE
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), r.organisation_id, r.frame_id, what, -count(*) FROM before_it r, LATERAL mail_outcomes_of(r::mail_outcome) AS what
        GROUP BY r.organisation_id, r.frame_id, what;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION mail_click_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), organisation_id, frame_id, what, sum(n) FROM (
            SELECT r.organisation_id, r.frame_id, what, 1 AS n FROM after_it r, LATERAL mail_clicks_of(r::mail_click) AS what
            UNION ALL SELECT r.organisation_id, r.frame_id, what, -1 FROM before_it r, LATERAL mail_clicks_of(r::mail_click) AS what
        ) d GROUP BY organisation_id, frame_id, what HAVING sum(n) <> 0;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), r.organisation_id, r.frame_id, what, count(*) FROM after_it r, LATERAL mail_clicks_of(r::mail_click) AS what
        GROUP BY r.organisation_id, r.frame_id, what;
    ELSE
        INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
        SELECT gen_random_uuid(), r.organisation_id, r.frame_id, what, -count(*) FROM before_it r, LATERAL mail_clicks_of(r::mail_click) AS what
        GROUP BY r.organisation_id, r.frame_id, what;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER message_insert_tally AFTER INSERT ON message REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_tally_messages();
CREATE TRIGGER message_update_tally AFTER UPDATE ON message REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_tally_messages();
CREATE TRIGGER message_delete_tally AFTER DELETE ON message REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION mail_tally_messages();
CREATE TRIGGER mail_outcome_insert_tally AFTER INSERT ON mail_outcome REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_outcome_tally();
CREATE TRIGGER mail_outcome_update_tally AFTER UPDATE ON mail_outcome REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_outcome_tally();
CREATE TRIGGER mail_outcome_delete_tally AFTER DELETE ON mail_outcome REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION mail_outcome_tally();
CREATE TRIGGER mail_click_insert_tally AFTER INSERT ON mail_click REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_click_tally();
CREATE TRIGGER mail_click_update_tally AFTER UPDATE ON mail_click REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION mail_click_tally();
CREATE TRIGGER mail_click_delete_tally AFTER DELETE ON mail_click REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION mail_click_tally();

INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
SELECT gen_random_uuid(), organisation_id, frame_id, state, count(*) FROM message WHERE frame_id IS NOT NULL GROUP BY organisation_id, frame_id, state;
"""
UNDO = """
DROP FUNCTION mail_tally_messages() CASCADE;
DROP FUNCTION mail_outcome_tally() CASCADE;
DROP FUNCTION mail_click_tally() CASCADE;
DROP FUNCTION mail_outcomes_of(mail_outcome); DROP FUNCTION mail_clicks_of(mail_click);
"""
