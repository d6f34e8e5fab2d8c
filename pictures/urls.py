from django.urls import re_path

from . import views

app_name = "pictures"

# The folders are named, and only names that renditions.py gives: documents and unpublished bulletins lie beside them.
urlpatterns = [
    re_path(
        r"^media/(?P<folder>news|logos)/(?P<name>[0-9a-f]{16}-[0-9]{1,4}x[0-9]{1,4}(?:\.jpg|-[0-9]{1,3}\.webp))$",
        views.stored,
        name="stored",
    ),
]
