"""Which address shows what."""

from django.urls import path

from mamori.web import overview

urlpatterns = [
    path("", overview.page, name="overview"),
    path("items/<path:key>/", overview.item, name="item"),
    path("report-<str:language>.pdf", overview.report_file, name="report"),
    path("form-<str:language>.pdf", overview.form_file, name="form"),
]
handler404 = "mamori.web.faults.not_found"
handler500 = "mamori.web.faults.broken"
