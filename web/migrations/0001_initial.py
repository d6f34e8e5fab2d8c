from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='A keyed hash: no network address is kept.', max_length=64, unique=True)),
                ('moments', models.JSONField(default=list)),
                ('last_at', models.DateTimeField()),
            ],
        ),
    ]
