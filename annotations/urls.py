"""Which page has which address?"""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("annotations.api.urls")),
]
