import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import oportuno.kernel.ids
import oportuno.kernel.isolation.context
import oportuno.kernel.isolation.models
from django.db import migrations, models

from oportuno.kernel.isolation import Isolate

# As rules.folding.bare does it. Nearly all words are ASCII, and are done with at once.
FOLD = r"""
CREATE FUNCTION segment_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(lower(CASE WHEN octet_length(said) = length(said) THEN said
        ELSE regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g') END COLLATE "C"), ' ')
$$
"""
# From one place to the next without reading a million contacts; and who lives in one.
PLACES = "CREATE INDEX contact_by_place ON contact (organisation_id, place) WHERE place <> ''"


class Migration(migrations.Migration):

    initial = True

    dependencies = [("oportuno_audience", "0005_contact_imports"), ("oportuno_messaging", "0005_bulletins"), ("oportuno_kernel", "0002_fact_log")]

    operations = [
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.UUIDField(default=oportuno.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', oportuno.kernel.isolation.models.OrganisationField(default=oportuno.kernel.isolation.context.acting_organisation, editable=False)),
                ('name', models.CharField(blank=True, default='', max_length=80)),
                ('kind', models.CharField(choices=[('live', 'By conditions'), ('list', 'A list')], default='live', max_length=4)),
                ('tree', models.JSONField(blank=True, default=dict)),
                ('draft', models.JSONField(blank=True, null=True)),
                ('depends', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('uses', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('by_clock', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('built', models.PositiveIntegerField(default=0)),
                ('count', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.CharField(blank=True, default='', max_length=40)),
                ('origin', models.CharField(blank=True, default='', max_length=80)),
                ('by_id', models.UUIDField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'db_table': 'segment',
                'indexes': [models.Index(fields=['organisation_id', '-changed_at', '-id'], name='segment_latest'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('uses', []), _negated=True), fields=['uses'], name='segment_uses')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('name', ''), _negated=True)), fields=('organisation_id', 'name'), name='segment_name'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('origin', ''), _negated=True)), fields=('organisation_id', 'origin'), name='segment_origin')],
            },
        ),
        Isolate("Segment"),
        migrations.CreateModel(
            name='SegmentMember',
            fields=[
                ('pk', models.CompositePrimaryKey('segment_id', 'contact_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', oportuno.kernel.isolation.models.OrganisationField(default=oportuno.kernel.isolation.context.acting_organisation, editable=False)),
                ('segment_id', models.UUIDField()),
                ('contact_id', models.UUIDField()),
                ('since', models.DateTimeField()),
            ],
            options={
                'db_table': 'segment_member',
                'indexes': [models.Index(fields=['organisation_id', 'contact_id'], name='segment_member_contact')],
            },
        ),
        Isolate("SegmentMember"),
        migrations.RunSQL(FOLD, "DROP FUNCTION segment_fold(text)"),
        migrations.RunSQL(PLACES, "DROP INDEX contact_by_place"),
    ]
