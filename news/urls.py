from django.urls import path, re_path

from . import views
from .feeds import ArticleFeed
from .freshness import fresh

app_name = "news"

urlpatterns = [
    path("news/", views.article_list, name="list"),
    path("news/feed/", fresh(ArticleFeed()), name="feed"),
    re_path(r"^news/(?P<slug>[-a-z0-9_]+)-(?P<pk>[0-9]{1,9})$", views.article, name="article"),
    # Whatever stands before the id, the id decides: misspelt and former addresses lead to the one above.
    re_path(r"^news/(?:.*[^0-9])?(?P<pk>[0-9]{1,9})/?$", views.article_by_id),
]
