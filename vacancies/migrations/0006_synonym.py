"""The search words that the product ships with; staff may change them afterwards."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

# What means the same; what readers also type for it; what may be found after it; whether the text of adverts counts too.
SYNONYMS = [
    # Types of post
    ("teaching assistant, TA, classroom assistant, class assistant, learning support assistant, LSA",
     "teaching support, classroom support, classroom helper, T A, teacher's assistant, teacher's aide, learning assistant", "", False),
    ("higher level teaching assistant, HLTA", "senior teaching assistant", "", False),
    ("1:1", "one on one, 121, individual support", "", False),
    ("SENCO, SENDCO, special educational needs coordinator, SEN coordinator, SEND coordinator",
     "inclusion lead, inclusion manager, SENDCO assistant", "", False),
    ("SEND, SEN, special educational needs, special needs", "additional needs, additional educational needs, learning difficulties, inclusion",
     "SENCO", False),
    ("headteacher, principal", "head, headship, headmaster, headmistress, executive headteacher, executive head, acting head, acting headteacher, interim head, HT", "head of school", False),
    ("head of school", "", "headteacher", False),
    ("deputy headteacher, deputy head, vice principal, deputy principal", "deputy, DHT, deputy headship", "", False),
    ("assistant headteacher, assistant head, assistant principal", "AHT", "", False),
    ("senior leadership, senior leader", "SLT, leadership, senior leadership team, leadership team, school leader, leader of a school",
     "headteacher, deputy headteacher, assistant headteacher, head of school", False),
    ("head of department, head of faculty, HOD, subject leader, subject lead, curriculum leader, curriculum lead, faculty lead",
     "head of, middle leader, middle leadership, lead teacher", "", False),
    ("head of year, year leader, year head, head of house", "pastoral leader, HOY", "", False),
    ("phase leader, phase lead, head of phase, key stage leader", "", "", False),
    ("QTS, qualified teacher status", "", "teacher", True),
    ("ECT, NQT, early career teacher, newly qualified teacher", "", "", False),
    ("nursery nurse, nursery practitioner, early years practitioner, early years educator, nursery assistant, early years assistant, "
     "nursery worker, nursery officer, childcare practitioner", "childcare, childcare assistant, nursery staff, EYP", "", False),
    ("midday supervisor, midday supervisory assistant, midday meals supervisor, lunchtime supervisor, lunchtime assistant, "
     "mealtime supervisor, dinner supervisor, playground supervisor, MDSA, MSA, SMSA",
     "dinner lady, lunch lady, lunch supervisor, lunchtime, midday, midday assistant, playground, dinner time supervisor", "", False),
    ("cover supervisor, cover assistant, cover manager", "cover supervision, cover teacher, supply, supply teacher", "", False),
    ("catering assistant, kitchen assistant, kitchen porter, catering operative, general kitchen assistant",
     "catering, kitchen, kitchen staff, catering staff, canteen, food service", "cook, catering supervisor", False),
    ("cook, chef, catering manager, kitchen manager", "", "catering assistant", False),
    ("caretaker, site manager, site supervisor, site officer, site assistant, premises manager, premises officer, premises supervisor, "
     "premises assistant, site keeper, facilities manager, estates manager",
     "site, site staff, site team, premises, janitor, handyman, handyperson, maintenance, facilities, estates, groundsman, groundskeeper, "
     "porter", "", False),
    ("cleaner, cleaning assistant, cleaning operative, cleaning supervisor, domestic assistant, housekeeper", "cleaning, domestic", "", False),
    ("administrator, administrative assistant, admin assistant, admin officer, administrative officer, clerical assistant, "
     "clerical officer, school secretary, secretary, receptionist, office manager, office assistant",
     "admin, administration, administrative, clerical, office, school office, office work, office staff, front desk, front of house", "", False),
    ("school business manager, business manager, bursar, SBM, school business leader", "business management, business director",
     "finance manager", False),
    ("finance officer, finance manager, finance assistant, finance administrator, bookkeeper, payroll officer, accounts assistant, accountant",
     "finance, accounts, accounting, bookkeeping, payroll, budget", "school business manager", False),
    ("HR, human resources, personnel, recruitment officer", "people team, recruitment", "", False),
    ("data manager, data officer, data analyst, MIS manager", "data, MIS, database", "", False),
    ("exams officer, examinations officer, exams manager", "exams, exam, examinations", "exam invigilator", False),
    ("exam invigilator, examination invigilator, invigilator", "invigilating, invigilation", "", False),
    ("personal assistant, PA", "", "", False),
    ("IT technician, IT support technician, ICT technician, network technician, network manager, IT support, ICT support",
     "computer technician, tech support, technical support, network engineer", "", False),
    ("science technician, laboratory technician, lab technician, laboratory assistant", "lab, laboratory, lab assistant", "", False),
    ("technician", "", "", False),
    ("librarian, library manager, library assistant, learning resource centre manager", "library", "", False),
    ("pastoral support worker, pastoral support, pastoral assistant, pastoral manager, pastoral lead, student support officer, "
     "welfare assistant, welfare officer", "pastoral, pastoral care, welfare, student support, student welfare",
     "family support officer, learning mentor", False),
    ("attendance officer, education welfare officer, EWO", "attendance", "family support officer", False),
    ("family support officer, family support worker, family liaison officer", "family support, family liaison, parent support adviser",
     "", False),
    ("learning mentor, mentor, behaviour mentor, behaviour support worker", "behaviour support", "", True),
    ("school nurse, matron, medical officer, first aider", "nurse, medical, first aid", "", False),
    ("counsellor, school counsellor, ELSA, emotional literacy support assistant", "counselling, therapist", "", False),
    ("minibus driver, driver, escort, passenger assistant", "minibus, bus driver, driving, transport, school transport", "", False),
    ("apprentice, apprenticeship, trainee", "", "", False),
    ("clerk to governors, clerk to the governors, governance professional", "clerk", "", False),
    # Subjects
    ("maths, mathematics, numeracy", "statistics, arithmetic", "", False),
    ("English, literacy", "English language, English literature", "", False),
    ("science", "combined science, sciences", "physics, chemistry, biology", False),
    ("physics", "", "", False),
    ("PE, P E, physical education", "gym, gymnastics, sport, sports, sports science, games, fitness", "", False),
    ("RE, R E, religious education, religious studies", "religion, theology, philosophy and ethics, RS", "", False),
    ("MFL, modern foreign languages, modern languages", "languages, foreign languages, linguist", "French, Spanish, German, Italian", False),
    ("DT, D T, design and technology, design technology", "technology, product design, resistant materials, woodwork", "textiles", False),
    ("food and nutrition, food technology, food tech, home economics", "cookery, food, nutrition, domestic science, food teacher", "", False),
    ("computing, computer science, computer studies", "coding, programming, teacher of ICT", "", False),
    ("computers", "", "computing, IT technician", False),
    ("IT, ICT, I T, information technology", "", "computing", False),
    ("art and design, art", "fine art, painting, ceramics", "", False),
    ("history", "historian", "", False),
    ("geography", "geog", "", False),
    ("humanities", "", "history, geography, religious education", False),
    ("social sciences", "social science", "sociology, psychology, economics", False),
    ("performing arts, expressive arts", "performance", "drama, music, dance", False),
    ("drama", "theatre, theatre studies, acting", "", False),
    ("music", "instrumental, peripatetic, singing", "", False),
    ("STEM", "", "science, mathematics, computing, design and technology", False),
    ("health and social care", "", "", False),
    ("business studies, business education", "", "", False),
    ("PSHE, personal social and health education", "citizenship", "", False),
    ("EAL, English as an additional language", "ESOL, EFL, TEFL", "", True),
    # Ages
    ("early years, EYFS, foundation stage, reception", "foundation, early years foundation stage, reception class, pre-school, preschool", "",
     False),
    ("nursery", "", "nursery nurse, early years", False),
    ("KS1", "infants, infant, lower school", "", False),
    ("KS2", "juniors, junior", "", False),
    ("UKS2, upper key stage 2, upper KS2", "upper juniors", "Year 5, Year 6", False),
    ("LKS2, lower key stage 2, lower KS2", "lower juniors", "Year 3, Year 4", False),
    ("infant school", "", "KS1", False),
    ("junior school", "", "KS2", False),
    ("KS4, GCSE", "", "", True),
    ("KS5, A level, sixth form, post 16", "A levels, 16 plus", "", True),
    # What a post is about
    ("autism, autistic, ASD, ASC", "autism spectrum", "", True),
    ("speech and language, SLCN, SALT", "speech therapy, speech therapist, speech", "", True),
    ("EHCP, education health and care plan, EHC plan", "care plan, care plans, EHC", "", True),
    ("SEMH, social emotional and mental health", "", "", True),
    ("mental health, wellbeing", "emotional support", "", True),
    ("maternity cover, maternity leave", "maternity, mat cover, parental leave", "", True),
    ("job share, job sharing", "jobshare, share a job", "", False),
    ("forest school, outdoor learning, out of doors", "outdoors, outdoor", "", True),
    ("breakfast club", "", "playworker", True),
    ("after school club, wraparound care, playworker, playleader, play leader", "after school care, wraparound, holiday club", "", False),
    # Pay and start
    ("TLR, teaching and learning responsibility", "", "head of department, head of year", False),
    ("MPS, main pay scale, main pay range, main scale", "MPR, main range", "", False),
    ("UPS, upper pay scale, upper pay range, upper scale", "UPR, upper range", "", False),
    ("leadership scale, leadership pay scale, leadership pay range, leadership spine", "", "", False),
    ("as soon as possible, ASAP, immediate start, immediately", "start immediately, start now, immediate", "", True),
    # Schools and areas
    ("alternative provision, pupil referral unit, PRU", "pupil referral", "", False),
    ("faith school, church school", "religious school, faith schools", "Catholic, Church of England", False),
    ("Catholic, Roman Catholic", "RC", "", False),
    ("Church of England, CE", "Anglican, CE school", "", False),
    ("Bath and North East Somerset, BANES", "B&NES", "", False),
    ("Bournemouth Christchurch and Poole, BCP", "", "", False),
    ("Gloucestershire", "Glos, Gloucs", "", False),
    ("South Gloucestershire", "South Glos, S Glos", "", False),
    ("North Somerset", "N Somerset", "", False),
    ("Wiltshire", "Wilts", "", False),
]  # fmt: skip


def ship_synonyms(apps, schema_editor):
    Synonym = apps.get_model("vacancies", "Synonym")
    if not Synonym.objects.exists():
        Synonym.objects.bulk_create(
            Synonym(same=same, typed=typed, after=after, in_text=in_text) for same, typed, after, in_text in SYNONYMS
        )



class Migration(migrations.Migration):

    dependencies = [
        ('vacancies', '0005_confirmed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('same', models.CharField(help_text='With commas between: teaching assistant, TA, classroom assistant. Whichever is typed finds all of them.', max_length=500, verbose_name='these mean the same')),
                ('typed', models.CharField(blank=True, help_text='What is typed for them though it says something else in an advert, such as: site (for a site manager).', max_length=500, verbose_name='readers also type')),
                ('after', models.CharField(blank=True, help_text='What else is worth showing, further down: for languages, French, Spanish, German.', max_length=500, verbose_name='found after them')),
                ('in_text', models.BooleanField(default=False, help_text='For what a post is about, such as autism. Leave unticked for names of posts, which many texts mention.', verbose_name='look in the text of adverts too')),
            ],
            options={
                'verbose_name': 'search word',
                'ordering': ['same'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSynonym',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('same', models.CharField(help_text='With commas between: teaching assistant, TA, classroom assistant. Whichever is typed finds all of them.', max_length=500, verbose_name='these mean the same')),
                ('typed', models.CharField(blank=True, help_text='What is typed for them though it says something else in an advert, such as: site (for a site manager).', max_length=500, verbose_name='readers also type')),
                ('after', models.CharField(blank=True, help_text='What else is worth showing, further down: for languages, French, Spanish, German.', max_length=500, verbose_name='found after them')),
                ('in_text', models.BooleanField(default=False, help_text='For what a post is about, such as autism. Leave unticked for names of posts, which many texts mention.', verbose_name='look in the text of adverts too')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical search word',
                'verbose_name_plural': 'historical search words',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(ship_synonyms, migrations.RunPython.noop),
    ]
