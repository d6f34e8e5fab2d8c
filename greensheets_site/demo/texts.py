"""The words of the demo's adverts: about 160 in several paragraphs, as schools send them, put together by chance."""

from random import Random

OPENINGS = (
    "{who} of {school} wish to appoint {a_title} to join our team.",
    "Are you looking for a school where you will be known, trusted and given time to do the job well? {school} has a vacancy for {a_title}.",
    "An opportunity has arisen at {school} for {a_title}, owing to the promotion of the present post-holder.",
    "We are seeking a committed and warm-hearted {title} to join the staff of {school} {place}.",
    "{school} is growing, and we would like to hear from people who would enjoy working here as our next {title}.",
)
SCHOOLS = {
    "small": (
        "We are a small and friendly school of {roll} pupils, where every adult knows every child by name. Our grounds include a wood, a "
        "pond and an allotment that the children look after themselves.",
        "Ours is a village school with {roll} children on roll and a big heart. Parents, governors and neighbours help with reading, "
        "gardening and the summer fair, and our last inspection praised the kindness that visitors notice first.",
    ),
    "medium": (
        "There are {roll} pupils on roll. Behaviour is good, the staff room is cheerful, and the school has been rated Good at each of its "
        "last three inspections. Classes are of mixed ability and we do not set homework for the sake of it.",
        "With {roll} children, we are large enough to offer a wide curriculum and small enough to notice when somebody is having a bad day. "
        "The hall and the early years rooms were rebuilt two years ago.",
    ),
    "large": (
        "We are a mixed comprehensive school with {roll} students. Results have risen in each of the last three years, and we are proud that "
        "almost all of our leavers go on to the course or the apprenticeship that was their first choice.",
        "{roll} students come to us from eleven primary schools in the town and the villages round it. The school day ends at ten past three, "
        "detentions are run centrally, and marking is by whole-class feedback, so that evenings are your own.",
    ),
}
DUTIES = {
    "class": (
        "You will plan and teach in a team of three, with a full-time teaching assistant in class every morning. We follow a systematic phonics "
        "programme and teach mathematics for mastery; good training in both will be given.",
        "The class has 27 children, among them four with education, health and care plans who are well supported. Planning, preparation and "
        "assessment time is taken together with the parallel class.",
    ),
    "subject": (
        "The department has seven specialists, shared schemes of work and its own suite of rooms. You would teach across Key Stages 3 and 4, "
        "with A level available to a candidate who would like it.",
        "You will join a settled team that plans together every Tuesday. There is a technician, a well-stocked cupboard, and money in the "
        "budget for what you would like to bring in.",
    ),
    "send": (
        "You will lead provision for pupils with a wide range of needs, chiefly autism and speech and language difficulties, working closely with "
        "families, therapists and a team of twelve experienced assistants.",
    ),
    "middle": (
        "You will lead a team of specialists, take responsibility for standards and for the curriculum, and have three extra hours a "
        "fortnight in which to do so. Coaching from a serving leader in another of our schools is part of the post.",
    ),
    "leader": (
        "You will work closely with the governors and the senior team on teaching, safeguarding and the wellbeing of staff, "
        "and will have a class-teaching commitment only when you want one. A mentor and a full programme of induction are provided.",
    ),
    "ta": (
        "You will work under the direction of the class teacher with individual children and with small groups, help to prepare the room and "
        "its displays, and be part of the review of each child's progress. Experience with speech and language programmes would help; training "
        "will be given.",
        "The post supports children in Years 3 and 4, in class and at times out of doors. You will need patience, a sense of humour and the "
        "knack of knowing when to step back.",
    ),
    "office": (
        "You will be one of a team of three in a busy office, the first voice that families hear and the person who keeps the records "
        "straight. The school uses Arbor and Google Workspace; training will be given to the right person.",
    ),
    "site": (
        "You will take pride in rooms that are clean, warm and safe when the children come in. Uniform, equipment and "
        "training are provided. You will be able to work alone, to lift sensibly and to follow instructions about chemicals.",
    ),
    "technical": (
        "You will prepare practical work and equipment for lessons, keep stock and safety records, and help teachers and students to get the "
        "best from what we have. A Level 3 qualification or equal experience is expected.",
    ),
    "pastoral": (
        "You will be the adult that a worried child looks for. The work is with individual students, their families and outside agencies, and "
        "includes mentoring, meetings and careful record keeping. Supervision is provided every half-term.",
    ),
    "midday": (
        "You will help our children to eat well, play happily and come back to class calm. Lunch is provided on the days you work. "
        "The post would suit a parent or carer, or somebody who already works in the school in the mornings.",
    ),
    "casual": (
        "The work comes at busy times of the year and you may say no when it does not suit. Full training is given and paid for. Hours are "
        "offered a month ahead and paid monthly on claim.",
    ),
}
WANTED = {
    "teaching": (
        "qualified teacher status and recent experience of the age group",
        "high expectations of every child and a calm way of holding to them",
        "a good grasp of how children learn to read, whatever your subject",
        "the readiness to plan with colleagues and to share what works",
        "sympathy with the values of our school",
        "an interest in leading a club, a choir or a team",
    ),
    "support": (
        "good written and spoken English, and arithmetic to GCSE or its equal",
        "reliability, discretion and a friendly manner with children and adults",
        "experience of work with children, paid or as a volunteer",
        "the readiness to learn and to take part in training days",
        "the ability to work on your own and to ask when in doubt",
    ),
}
OFFERED = (
    "well-behaved children who are keen to learn",
    "a supportive head and governors who know the staff",
    "free parking and a cycle-to-work scheme",
    "membership of the Teachers' or the Local Government Pension Scheme",
    "a place for your own children in our breakfast and after-school clubs at half price",
    "an employee assistance programme and a flu jab",
    "time and money for your own professional development",
)
CLOSINGS = (
    "We may hold interviews before the closing date if there is a strong field, so please apply early.",
    "If you have not heard from us within two weeks of the closing date, please assume that you have not been successful this time.",
    "Please tell us in your letter, on no more than two sides, why this post and why this school.",
    "We welcome applications from people who would like to work part of the week, and from those coming back after a break.",
)


def body(chance: Random, *, title: str, school: str, place: str, roll: int | None, family: str, staff_group: str) -> str:
    """Clean HTML of the grammar for adverts: opening, school, duties, two lists, closing."""
    size = "large" if (roll or 400) > 520 else "small" if (roll or 400) < 150 else "medium"
    who = chance.choice(["The governors", "The headteacher and governors", "The trustees"])
    facts = {
        "who": who,
        "title": title,
        "a_title": f"{'an' if title[0] in 'AEIO' else 'a'} {title}",
        "school": school,
        "place": f"in {place}",
        "roll": roll or "several hundred",
    }
    paragraphs = [chance.choice(OPENINGS), chance.choice(SCHOOLS[size]), chance.choice(DUTIES[family])]
    lines = [f"<p>{paragraph.format(**facts)}</p>" for paragraph in paragraphs]
    lines += ["<p><strong>We are looking for</strong></p>", _items(chance, WANTED[staff_group])]
    lines += ["<p><strong>We can offer</strong></p>", _items(chance, OFFERED)]
    lines.append(f"<p>{chance.choice(CLOSINGS)}</p>")
    return "\n".join(lines)


def _items(chance: Random, choices: tuple[str, ...]) -> str:
    chosen = chance.sample(choices, 3)
    return "<ul>" + "".join(f"<li>{text}</li>" for text in chosen) + "</ul>"
