from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation


class PersonalLanguageMiddleware(LocaleMiddleware):
    """The language and time zone a person chose; for others the browser's language, then the organisation's."""

    def process_request(self, request: HttpRequest) -> None:
        person = getattr(request, "user", None)
        if person is not None and person.is_authenticated:
            timezone.activate(person.zone)
            if person.language:
                translation.activate(person.language)
                request.LANGUAGE_CODE = translation.get_language()
                return
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        timezone.deactivate()
        return super().process_response(request, response)
