from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from . import rules
from .freshness import fresh
from .models import Article
from .structured_data import news_article, steps_to


@fresh
def article_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Article.objects.published(), rules.ARTICLES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "news/list.html", {"page": page})


@fresh
def article(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    found = get_object_or_404(Article.objects.published(), pk=pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    context = {
        "article": found,
        "related": found.related(),
        "structured": [news_article(found), steps_to(found)],
    }
    return render(request, "news/article.html", context)


@fresh
def article_by_id(request: HttpRequest, pk: str) -> HttpResponse:
    return redirect(get_object_or_404(Article.objects.published(), pk=pk), permanent=True)
