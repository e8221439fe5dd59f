"""Which address leads where? The domain's pages and API live in `annotations`; the admin stands beside them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
]

handler400 = "annotations.api.nowhere.bad_request"
handler404 = "annotations.api.nowhere.not_found"
handler500 = "annotations.api.nowhere.server_error"
