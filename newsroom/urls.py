"""Which address leads where? The domain's pages and API live in `annotations`; the admin stands beside them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
]

handler400 = "annotations.views.errors.bad_request"
handler404 = "annotations.views.errors.not_found"
handler500 = "annotations.views.errors.server_error"
