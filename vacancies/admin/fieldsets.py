"""In which order staff enter an advert: as schools write them."""

FIELDSETS = [
    (
        "The post",
        {
            "fields": [
                "version",
                "school",
                "title",
                ("role_type", "posts"),
                "subjects",
                ("key_stages", "ect_suitable"),
                "workplaces",
                "body",
            ],
            "description": "A draft needs a school and a title only.",
        },
    ),
    ("Dates", {"fields": ["publish_on", "in_bulletin", ("print_from", "print_until"), "closes_at", "may_close_early"]}),
    (
        "Contract and hours",
        {
            "fields": [
                ("contract", "contract_detail"),
                ("working_pattern", "job_share"),
                ("hours_per_week", "hours_detail"),
                ("weeks", "weeks_detail"),
                ("weeks_worked", "weeks_paid", "fte"),
                ("start", "starts_on", "start_text"),
            ]
        },
    ),
    (
        "Pay",
        {
            "fields": [
                ("pay_scale", "pay_points"),
                ("pay_min", "pay_max", "pay_unit"),
                "full_time_hours",
                ("actual_pay_min", "actual_pay_max"),
                ("hourly_pay", "pay_allowance"),
                "pay_note",
            ],
            "description": "Readers look for actual pay first. The form works it out; the figure that you type wins.",
        },
    ),
    (
        "Applying",
        {
            "fields": [
                ("apply_method", "cv_accepted"),
                ("apply_email", "apply_phone"),
                "apply_url",
                ("shortlisting", "interview"),
                ("visits", "contact_name"),
                ("contact_phone", "contact_email"),
            ]
        },
    ),
    ("Safeguarding", {"fields": ["dbs", "safeguarding_text"]}),
]
