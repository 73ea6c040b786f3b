from django.db import migrations

# The queue's own function lets a job that waits for its hour hold up every later one with the same lock: a campaign that was
# scheduled for next week, taken back and sent now, would go out next week (procrastinate-org/procrastinate, issue 1599).
# It stays the queue's, with one condition more: only what could run now goes before.
WAITS = "other_jobs.status = ''todo''"
DUE = "(other_jobs.scheduled_at IS NULL OR other_jobs.scheduled_at <= now())"
MENDED = f"{WAITS} AND {DUE}"
MEND = """
DO $mend$
DECLARE
    body text := pg_get_functiondef('procrastinate_fetch_job_v2(character varying[], bigint)'::regprocedure);
BEGIN
    IF strpos(body, '{old}') = 0 THEN
        RAISE EXCEPTION 'the queue fetches its jobs in another way now: look whether a job that waits still holds others up';
    END IF;
    EXECUTE replace(body, '{old}', '{new}');
END
$mend$
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_kernel", "0002_fact_log"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(MEND.format(old=WAITS, new=MENDED), MEND.format(old=MENDED, new=WAITS))]
