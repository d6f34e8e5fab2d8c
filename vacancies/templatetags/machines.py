"""What machines read of an advert's page."""

from django import template

from ..public.structured_data import job_posting

register = template.Library()
register.filter(job_posting)
