"""The first owner: an account without a password, and a link with which its owner sets one, once and soon."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from greensheets_site.accounts import roles
from web.quantities import period


@transaction.atomic
def invite(name: str, email: str) -> str:
    """What was done, in a sentence. An account that has a password is left alone: whoever runs this may not be its owner."""
    validate_email(email)
    user = User.objects.filter(username=name).first()
    if user and user.has_usable_password():
        return f"{name} already has an account with a password; it was left as it is."
    if user is None:
        user = User(username=name, email=email, is_staff=True)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
        user.groups.add(Group.objects.get(name=roles.OWNER))
    good_for = period(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
    return f"{name} is an owner. To set a password, open this link within {good_for}; it works once: {_link(user)}"


def _link(user: User) -> str:
    arguments = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return f"{settings.SITE_URL}{reverse('admin:first_password', args=arguments)}"
