"""Providers of mailboxes that refuse us for reasons that lie with us."""

from django.db import models
from django.utils import timezone


class ProviderHold(models.Model):
    """The weekly emails of one provider's readers wait until staff let them go; everybody else's go on."""

    provider = models.CharField(max_length=253, unique=True)
    at = models.DateTimeField("held since", default=timezone.now)
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = "provider held back"
        verbose_name_plural = "providers held back"
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.provider
