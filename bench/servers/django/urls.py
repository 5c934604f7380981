"""allauth's own routes, and the read that every contender has."""

from django.http import HttpResponse, JsonResponse
from django.urls import include, path


def protected(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"userId": str(request.user.pk), "userName": request.user.username})


urlpatterns = [
    path("protected", protected),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
]
