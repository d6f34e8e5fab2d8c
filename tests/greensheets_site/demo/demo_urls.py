"""The site map as demo mode has it; tests run without demo mode."""

from django.urls import include, path

from greensheets_site.urls import urlpatterns as site_urls

urlpatterns = [*site_urls, path("demo/mail/", include("greensheets_site.demo.urls"))]
