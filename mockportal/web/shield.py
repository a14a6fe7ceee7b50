"""The headers that keep other sites, and what users write, from running in our pages."""

from flask import Flask, Response, request

from mockportal.web.security_headers import NOT_KEPT, SECURITY_HEADERS


def add_security_headers(app: Flask) -> None:
    """Put them on every answer; pages are not kept by the browser, so logging out hides them."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(SECURITY_HEADERS)
        if request.endpoint != "static":
            response.headers.update(NOT_KEPT)
        return response
