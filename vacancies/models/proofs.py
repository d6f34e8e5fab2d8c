from django.db import models

from .vacancies import Vacancy


class ProofRecall(models.Model):
    """How often the proof links of an advert have been called back; no row means never."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.vacancy}: {self.times}"
