"""The addresses of the site; what is no page of its own is taken for the symbol of a record."""

from __future__ import annotations

from django.urls import path, re_path

from mahdar.web.api.v2 import api, gone
from mahdar.web.pages import (
    account,
    apidocs,
    citing,
    concordance,
    downloads,
    feeds,
    home,
    lists,
    proceedings,
    profiles,
    records,
    saved,
    search,
    timelines,
    uploads,
)
from mahdar.web.pages.downloads import FORM_OF

_DATA = r"(?:\.(?P<form>json|csv|parquet))?$"
_FOUND = r"(?:\.(?P<form>csl\.json|json|csv|parquet|bib|ris))?$"
_INDEX = r"(?:\.(?P<form>json|csv|pdf|html))?$"
_FORMS = "|".join(sorted((form.replace(".", r"\.") for form in FORM_OF), key=len, reverse=True))
_CITED = r"(?:\.(?P<form>bib|ris|csl\.json))?$"


urlpatterns = [
    path("", home.home, name="home"),
    re_path(rf"^latest{_DATA}", home.home),
    path("alive", home.alive),
    path("about", home.about, name="about"),
    path("language/<str:code>", home.choose_language, name="language"),
    path("search.atom", feeds.search_feed),
    re_path(rf"^search{_FOUND}", search.search, name="search"),
    re_path(rf"^concordance{_DATA}", concordance.lines, name="concordance"),
    re_path(rf"^pictures{_DATA}", timelines.pictures, name="pictures"),
    path("records.atom", feeds.records_feed),
    re_path(rf"^records{_DATA}", records.records, name="records"),
    re_path(r"^(?P<where>states|organisations|people|topics)/(?P<code>.+)\.atom$",
            feeds.profile_feed),
    re_path(rf"^states{_DATA}", lists.states, name="states"),
    re_path(rf"^states/(?P<code>[A-Z]{{2,8}}){_DATA}", profiles.state),
    re_path(rf"^organisations{_DATA}", lists.organisations, name="organisations"),
    re_path(rf"^organisations/(?P<code>.+?){_DATA}", profiles.organisation),
    re_path(rf"^people{_DATA}", lists.people, name="people"),
    re_path(rf"^people/(?P<code>.+?){_DATA}", profiles.person),
    re_path(rf"^topics{_DATA}", lists.subjects, name="topics"),
    re_path(rf"^topics/(?P<code>[a-z_]+){_DATA}", profiles.topic),
    re_path(rf"^documents{_DATA}", lists.documents, name="documents"),
    re_path(rf"^documents/(?P<symbol>.+?){_DATA}", profiles.document),
    re_path(rf"^proceedings{_DATA}", proceedings.years, name="proceedings"),
    re_path(rf"^proceedings/(?P<year>[0-9]{{4}})(?:/(?P<organ>[A-Z]{{2,8}}))?{_INDEX}",
            proceedings.index),
    re_path(rf"^cite/(?P<address>.+?)(?:/(?P<place>t\d+(?:p\d+)?|s\d+))?{_CITED}", citing.cite),
    re_path(r"^pages/(?P<address>.+)/(?P<number>\d{1,5})\.png$",
            lambda request, address, number: downloads.page(request, address, int(number))),
    re_path(r"^sources/(?P<address>.+)\.pdf$", downloads.source),
    path("sign-in", account.sign_in, name="sign-in"),
    path("sign-out", account.sign_out, name="sign-out"),
    path("account", account.account, name="account"),
    path("password", account.change_password, name="password"),
    path("saved", saved.saved, name="saved"),
    path("saved/new", saved.save, name="save"),
    path("saved/<int:pk>", saved.change),
    path("saved/stop/<str:token>", saved.unsubscribe),
    path("uploads", uploads.upload, name="uploads"),
    path("uploads/<int:pk>", uploads.watch),
    path("uploads/<int:pk>/add", uploads.add),
    path("uploads/<int:pk>/<int:number>.png", uploads.drawing),
    path("api", apidocs.docs, name="api"),
    path("api/v2/", api.urls),
    re_path(r"^api/v1/(?P<rest>.*)$", gone),
    re_path(rf"^(?P<address>[^?#]*?[^/])(?:\.(?P<form>{_FORMS}))?$", records.record, name="record"),
]  # fmt: skip

handler400 = "mahdar.web.pages.errors.bad"
handler403 = "mahdar.web.pages.errors.refused"
handler404 = "mahdar.web.pages.errors.not_found"
handler500 = "mahdar.web.pages.errors.broken"
