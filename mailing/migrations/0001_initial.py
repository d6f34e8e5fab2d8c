
import django.db.models.deletion
import django.utils.timezone
import mailing.models.subscribers
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('editions', '0001_initial'),
        ('vacancies', '0002_role_types'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enquiry', models.CharField(choices=[('advertise', 'Advertising a post'), ('correction', 'A correction to an advert'), ('mailing_list', 'The mailing list'), ('other', 'Something else')], max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('message', models.TextField(max_length=5000)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('new', 'New'), ('answered', 'Answered'), ('spam', 'Spam')], default='new', max_length=8)),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='A keyed hash: no network address is kept.', max_length=64, unique=True)),
                ('moments', models.JSONField(default=list)),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('email_key', models.CharField(max_length=254)),
                ('choice', models.TextField()),
                ('wording', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email_hash', models.CharField(max_length=64, unique=True)),
                ('reason', models.CharField(choices=[('left', 'Left the list'), ('bounced', 'Address does not exist'), ('complained', 'Reported spam'), ('asked', 'Asked us never to write')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'address never to write to',
                'verbose_name_plural': 'never write to',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Mailout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('frozen_at', models.DateTimeField(blank=True, help_text='When its readers were written down, one delivery each.', null=True)),
                ('held_at', models.DateTimeField(blank=True, help_text='When it was held back for being very late; once only.', null=True)),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('pause_reason', models.CharField(blank=True, max_length=200)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('retry_at', models.DateTimeField(blank=True, help_text='Set while the mail server cannot be reached.', null=True)),
                ('failures_in_row', models.PositiveSmallIntegerField(default=0)),
                ('candidates', models.PositiveIntegerField(default=0, help_text='Confirmed readers at the moment of freezing.')),
                ('excluded', models.PositiveIntegerField(default=0, help_text='Of those, the ones whose address is suppressed.')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mailout', to='editions.edition')),
            ],
            options={
                'verbose_name': 'weekly email',
                'ordering': ['-edition__on'],
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, help_text='As given; empty once erased.', max_length=254)),
                ('email_key', models.CharField(editable=False, max_length=254, null=True, unique=True)),
                ('token', models.CharField(default=mailing.models.subscribers.new_token, editable=False, max_length=32, unique=True)),
                ('wants_teaching', models.BooleanField(default=True, verbose_name='posts for teaching staff')),
                ('wants_support', models.BooleanField(default=True, verbose_name='posts for support staff')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('complained_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('authorities', models.ManyToManyField(blank=True, help_text='None chosen means all of them.', to='vacancies.authority')),
            ],
            options={
                'verbose_name': 'reader',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bulletin', 'Weekly email'), ('test', 'Test of a weekly email'), ('confirmation', 'Confirm your sign-up'), ('contact', 'Contact message to staff'), ('warning', 'Warning to staff')], max_length=12)),
                ('staff_email', models.EmailField(blank=True, help_text='Who on the staff gets it, where it is not for a reader.', max_length=254)),
                ('note', models.CharField(blank=True, help_text='What a warning says.', max_length=500)),
                ('choice', models.TextField(blank=True, help_text='What the reader had chosen when the mailout was frozen.')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed'), ('skipped', 'Skipped'), ('uncertain', 'Uncertain')], default='queued', max_length=9)),
                ('message_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, help_text='When a report said that it did not arrive after all.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('doubts', models.PositiveSmallIntegerField(default=0, help_text='How often its sender died or was cut off while sending it.')),
                ('next_try_at', models.DateTimeField(blank=True, null=True)),
                ('smtp_reply', models.CharField(blank=True, max_length=300)),
                ('contact_message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='mailing.contactmessage')),
                ('mailout', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='mailing.mailout')),
                ('subscriber', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='mailing.subscriber')),
            ],
            options={
                'verbose_name': 'email',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('requested', 'Asked to join'), ('confirmed', 'Confirmed'), ('changed', 'Changed choices'), ('unsubscribed', 'Left'), ('imported', 'Imported'), ('erased', 'Erased')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('how', models.CharField(help_text="Form, one-click, staff, or import with the file's hash.", max_length=120)),
                ('wording', models.TextField(blank=True)),
                ('choice', models.TextField(blank=True, help_text='The bulletins and authorities asked for, where the event is about them.')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_events', to='mailing.subscriber')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email_key__isnull', False), ('erased_at__isnull', True)), models.Q(('email', ''), ('email_key__isnull', True), ('erased_at__isnull', False)), _connector='OR'), name='subscriber_erased_has_no_address'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(('wants_teaching', True), ('wants_support', True), _connector='OR'), name='subscriber_wants_a_bulletin'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'kind', 'id'], name='delivery_state_kind'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'bulletin')), fields=('mailout', 'subscriber'), name='delivery_once_per_mailout_and_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('contact_message', 'staff_email'), name='delivery_once_per_contact_message_and_address'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact_message', None), ('kind', 'bulletin'), ('mailout__isnull', False), ('subscriber__isnull', False)), models.Q(('contact_message', None), ('kind', 'test'), ('mailout__isnull', False), ('subscriber', None)), models.Q(('contact_message', None), ('kind', 'confirmation'), ('mailout', None), ('subscriber__isnull', False)), models.Q(('contact_message__isnull', False), ('kind', 'contact'), ('mailout', None), ('subscriber', None)), models.Q(('contact_message', None), ('kind', 'warning'), ('mailout', None), ('subscriber', None)), _connector='OR'), name='delivery_kind_has_its_own_parts'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['bulletin', 'confirmation']), ('staff_email', '')), models.Q(('kind__in', ['test', 'contact', 'warning']), models.Q(('staff_email', ''), _negated=True)), _connector='OR'), name='delivery_has_one_addressee'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'skipped', 'uncertain'])), name='delivery_state_known'),
        ),
    ]
