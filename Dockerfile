# One image for web, worker, beat and the one-shot migration. The proxy, PostgreSQL and Redis have images of their own.
FROM python:3.12-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN VAR_DIR=/tmp/var STATIC_DIR=/app/collected /venv/bin/python manage.py compile_translations \
    && VAR_DIR=/tmp/var STATIC_DIR=/app/collected /venv/bin/python manage.py collectstatic --noinput -v 0

FROM python:3.12-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/venv/bin:$PATH \
    PRODUCTION=true VAR_DIR=/var/lib/dela STATIC_DIR=/app/collected MEDIA_DIR=/var/lib/dela/media
RUN groupadd --gid 10001 dela && useradd --uid 10001 --gid dela --no-create-home --shell /usr/sbin/nologin dela \
    && install -d -o dela -g dela /var/lib/dela /var/lib/dela/media
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
VOLUME /var/lib/dela
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", \
     "--workers-lifetime", "6h", "--respawn-failed-workers", "--no-ws", "--no-access-log", "community.wsgi:application"]
