# docker build -t mockportal . && docker run -p 127.0.0.1:8000:8000 -v mockportal:/data mockportal
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY tests/constraints.txt tests/
COPY mockportal mockportal
COPY xsd xsd
COPY seeds seeds
RUN python -m venv /opt/mockportal \
    && /opt/mockportal/bin/pip install --no-cache-dir --no-compile --constraint tests/constraints.txt '.[postgresql,processes,redis]'

FROM python:3.13-slim
COPY --from=build /opt/mockportal /opt/mockportal
RUN groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid portal --no-create-home --home-dir /nonexistent portal \
    && install --directory --mode=0700 --owner=portal --group=portal /data
ENV PATH=/opt/mockportal/bin:$PATH PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=20s CMD ["mockportal", "ready"]
ENTRYPOINT ["mockportal", "serve", "--host", "0.0.0.0", "--data", "/data"]
