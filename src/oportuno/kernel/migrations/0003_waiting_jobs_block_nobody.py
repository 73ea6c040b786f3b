from django.db import migrations

# The queue's own function lets a job that waits for its hour hold up every later one with the same lock: a campaign that was
# scheduled for next week, taken back and sent now, would go out next week (procrastinate-org/procrastinate, issue 1599).
# The same function with one line more: only what could run now goes before.
FETCH = """
CREATE OR REPLACE FUNCTION procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint)
    RETURNS procrastinate_jobs LANGUAGE plpgsql AS $$
DECLARE
    found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.* FROM procrastinate_jobs AS jobs
        WHERE NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS other_jobs
            WHERE jobs.lock IS NOT NULL AND other_jobs.lock = jobs.lock AND (
                other_jobs.status = 'doing'
                OR (
                    other_jobs.status = 'todo'
                    {due}
                    AND (
                        other_jobs.priority > jobs.priority
                        OR (other_jobs.priority = jobs.priority AND other_jobs.id < jobs.id)
                    )
                )
            )
        )
        AND jobs.status = 'todo'
        AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
        AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
        ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
        FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = p_worker_id
    FROM candidate WHERE procrastinate_jobs.id = candidate.id
    RETURNING procrastinate_jobs.* INTO found_jobs;

    RETURN found_jobs;
END;
$$;
"""
DUE = "AND (other_jobs.scheduled_at IS NULL OR other_jobs.scheduled_at <= now())"


class Migration(migrations.Migration):
    dependencies = [("oportuno_kernel", "0002_fact_log"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(FETCH.format(due=DUE), FETCH.format(due=""))]
