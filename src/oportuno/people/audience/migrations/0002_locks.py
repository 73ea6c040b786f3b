from django.db import migrations

from oportuno.kernel.isolation import Isolate

# What a visitor did before anybody knew who he is; once he is known, facts carry the contact and have its index.
# By the visitor alone: equal keys are kept once, so this takes a quarter of the bytes that (organisation, visitor, at) did.
VISITOR = "CREATE INDEX fact_of_visitor ON fact (visitor_id) WHERE visitor_id IS NOT NULL AND contact_id IS NULL"

# A tag belongs to its organisation: indexed together as one word, so that the planner knows how common it is there.
TAGS = """
CREATE FUNCTION contact_tag_keys(organisation integer, tags varchar[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT array_agg(organisation || ' ' || tag) FROM unnest(tags) tag $$;
CREATE INDEX contact_tagged ON contact USING gin (contact_tag_keys(organisation_id, tags)) WHERE tags <> '{}'
"""
NO_TAGS = "DROP INDEX contact_tagged; DROP FUNCTION contact_tag_keys"

# Evidence is only added to; erasing a person removes it as a whole, and says so to the trigger.
EVIDENCE = """
CREATE FUNCTION consent_is_evidence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' AND current_setting('app.erasing', true) = 'yes' THEN RETURN OLD; END IF;
    RAISE 'consent is evidence: it is added to, never changed';
END $$;
CREATE TRIGGER consent_is_evidence BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION consent_is_evidence();
"""
NO_EVIDENCE = "DROP TRIGGER consent_is_evidence ON consent; DROP FUNCTION consent_is_evidence()"


class Migration(migrations.Migration):
    dependencies = [("oportuno_audience", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [
        Isolate("Contact", person="person_id"),
        Isolate("Identity"),
        Isolate("Note"),
        Isolate("Selection"),
        Isolate("Tagging"),
        Isolate("Consent"),
        Isolate("ConsentState", person="person_id"),
        Isolate("Confirmation"),
        Isolate("Question", person="person_id"),
        Isolate("PublishedAnswer", public="published"),
        Isolate("AnswerHours"),
        Isolate("QuietMember"),
        Isolate("KnownVisitor"),
        migrations.RunSQL(VISITOR, "DROP INDEX fact_of_visitor"),
        migrations.RunSQL(TAGS, NO_TAGS),
        migrations.RunSQL(EVIDENCE, NO_EVIDENCE),
    ]
