namespace Lading.Tests.Field;

/// <summary>
/// The shape of four public repositories that were hard to read: only the paths and instructions that determine
/// contexts and their files. Paths that begin with <c>!</c> are not committed.
/// </summary>
internal static class HardRepositories
{
    /// <summary>
    /// <c>temporalio/docker-builds</c>: a bake file, three Dockerfiles in one folder, and programs built beforehand by
    /// a Makefile.
    /// </summary>
    public static Dictionary<string, string> Temporal { get; } =
        new(StringComparer.Ordinal)
        {
            ["docker-bake.hcl"] = """
                variable "IMAGE_TAG" { default = null }
                group "default" { targets = ["server", "admin-tools"] }
                target "server" {
                  dockerfile = "server.Dockerfile"
                  target = "server"
                  tags = ["example/server:${IMAGE_TAG}", IMAGE_TAG == null ? "example/server:latest" : ""]
                }
                target "admin-tools" {
                  dockerfile = "admin-tools.Dockerfile"
                  contexts = { server = "target:server" }
                }

                """,
            ["server.Dockerfile"] = """
                ARG BASE_BUILDER_IMAGE=temporalio/base-builder:1.14.4
                ARG BASE_SERVER_IMAGE=temporalio/base-server:1.15.4
                FROM ${BASE_BUILDER_IMAGE} AS temporal-builder
                COPY ./tctl ./tctl
                COPY ./temporal ./temporal
                COPY ./.gitmodules ./.gitmodules
                RUN make
                FROM ${BASE_SERVER_IMAGE} as temporal-server
                COPY --from=temporal-builder /src/tctl/tctl /usr/local/bin
                COPY ./temporal/config/docker.yaml /etc/temporal/config/docker.yaml
                COPY ./docker/entrypoint.sh /etc/temporal/entrypoint.sh
                FROM temporal-server as server
                ENTRYPOINT ["/etc/temporal/entrypoint.sh"]
                FROM temporal-server as auto-setup
                COPY ./docker/auto-setup.sh /etc/temporal/auto-setup.sh

                """,
            ["admin-tools.Dockerfile"] = """
                ARG BASE_ADMIN_TOOLS_IMAGE=temporalio/base-admin-tools:1.12.12
                FROM ${BASE_ADMIN_TOOLS_IMAGE}
                ARG TARGETARCH
                COPY ./build/${TARGETARCH}/tctl /usr/local/bin
                COPY ./temporal/schema /etc/temporal/schema

                """,
            [".gitignore"] = "build/\n",
            [".gitmodules"] = "",
            ["tctl/main.go"] = "a",
            ["temporal/main.go"] = "b",
            ["temporal/config/docker.yaml"] = "c",
            ["temporal/schema/v1.sql"] = "d",
            ["docker/entrypoint.sh"] = "e",
            ["docker/auto-setup.sh"] = "f",
            ["Makefile"] = "g",
            ["README.md"] = "h",
            ["!build/amd64/tctl"] = "built",
        };

    /// <summary>
    /// <c>immich-app/immich</c>: compose files in their own folder, with the context above it; bases pinned by digest;
    /// stages chosen by an argument.
    /// </summary>
    public static Dictionary<string, string> Immich { get; } =
        new(StringComparer.Ordinal)
        {
            ["docker/docker-compose.prod.yml"] = """
                services:
                  immich-server:
                    image: immich-server:latest
                    build:
                      context: ../
                      dockerfile: server/Dockerfile
                  immich-machine-learning:
                    build:
                      context: ../machine-learning
                      dockerfile: Dockerfile
                      args:
                        - DEVICE=cpu # one of several
                  redis:
                    image: redis:6.2-alpine@sha256:148bb5411c184abd288d9aaed139c98123eeb8824c5d3fce03cf721db58066d8

                """,
            ["server/Dockerfile"] = """
                FROM node:22 AS builder
                COPY server/package.json server/package-lock.json ./
                RUN npm ci
                COPY ./server ./
                FROM node:22 AS web
                COPY ./web ./web
                COPY ./open-api/typescript-sdk ./sdk
                FROM node:22
                COPY --from=builder /usr/src/app/dist ./dist
                COPY --from=web /usr/src/app/web ./www
                COPY LICENSE /licenses/LICENSE.txt

                """,
            ["machine-learning/Dockerfile"] = """
                ARG DEVICE=cpu
                FROM python:3.11@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS builder-cpu
                FROM builder-cpu AS builder-openvino
                FROM builder-${DEVICE} AS builder
                COPY poetry.lock pyproject.toml ./
                FROM python:3.11@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS prod-cpu
                FROM prod-${DEVICE} AS prod
                COPY --from=builder /opt/venv /opt/venv
                COPY app .

                """,
            [".dockerignore"] = """
                **/node_modules/
                server/upload/

                """,
            [".gitignore"] = "node_modules/\n",
            ["server/package.json"] = "{}",
            ["server/package-lock.json"] = "{}",
            ["server/src/main.ts"] = "a",
            ["web/src/app.ts"] = "b",
            ["open-api/typescript-sdk/index.ts"] = "c",
            ["open-api/spec.json"] = "d",
            ["LICENSE"] = "e",
            ["mobile/lib/main.dart"] = "f",
            ["machine-learning/poetry.lock"] = "",
            ["machine-learning/pyproject.toml"] = "x",
            ["machine-learning/app/main.py"] = "y",
            ["machine-learning/export/run.py"] = "z",
        };

    /// <summary>
    /// <c>open-telemetry/opentelemetry-demo</c>: one context for all services, and Dockerfiles named by variables in
    /// <c>.env</c>.
    /// </summary>
    public static Dictionary<string, string> OpenTelemetry { get; } =
        new(StringComparer.Ordinal)
        {
            ["docker-compose.yml"] = """
                services:
                  accounting:
                    build:
                      context: ./
                      dockerfile: ${ACCOUNTING_DOCKERFILE}
                      cache_from:
                        - ${IMAGE_NAME}
                  checkout:
                    build:
                      context: ./
                      dockerfile: ./src/checkout/Dockerfile
                  quote:
                    build:
                      context: ./
                      dockerfile: ${QUOTE_DOCKERFILE}

                """,
            [".env"] = """
                ACCOUNTING_DOCKERFILE=./src/accounting/Dockerfile
                QUOTE_DOCKERFILE=./src/quote/Dockerfile

                """,
            ["src/accounting/Dockerfile"] = """
                FROM --platform=${BUILDPLATFORM} mcr.microsoft.com/dotnet/sdk:8.0 AS builder
                COPY ["/src/accounting/", "Accounting/"]
                COPY ["/../pb/demo.proto", "Accounting/proto/"]
                FROM mcr.microsoft.com/dotnet/aspnet:8.0
                COPY --from=builder /app .

                """,
            ["src/checkout/Dockerfile"] = """
                FROM golang:1.24 AS builder
                RUN --mount=type=bind,source=./src/checkout/go.mod,target=go.mod go mod download
                RUN --mount=type=bind,rw,source=./src/checkout,target=. go build -o /go/bin/checkout .
                FROM gcr.io/distroless/static:nonroot
                COPY --from=builder /go/bin/checkout /checkout

                """,
            ["src/quote/Dockerfile"] = """
                FROM php:8.4 AS base
                FROM composer:2 AS vendor
                COPY ./src/quote/composer.json ./
                FROM base
                COPY --from=vendor /tmp/vendor/ ./vendor/
                COPY ./src/quote/ /var/www

                """,
            ["pb/demo.proto"] = "p",
            ["src/accounting/Program.cs"] = "a",
            ["src/checkout/go.mod"] = "m",
            ["src/checkout/main.go"] = "g",
            ["src/quote/composer.json"] = "{}",
            ["src/quote/index.php"] = "i",
            ["README.md"] = "r",
        };

    /// <summary>
    /// <c>spring-petclinic/spring-petclinic-microservices</c>: one Dockerfile for all services, which copies Maven's
    /// output.
    /// </summary>
    public static Dictionary<string, string> PetClinic { get; } =
        new(StringComparer.Ordinal)
        {
            ["docker/Dockerfile"] = """
                FROM eclipse-temurin:17 AS builder
                WORKDIR application
                ARG ARTIFACT_NAME
                COPY ${ARTIFACT_NAME}.jar application.jar
                RUN java -Djarmode=layertools -jar application.jar extract
                FROM eclipse-temurin:17
                COPY --from=builder application/dependencies/ ./

                """,
            ["docker/grafana/Dockerfile"] = """
                FROM grafana/grafana:10
                ADD ./provisioning /etc/grafana/provisioning
                ADD ./grafana.ini /etc/grafana/grafana.ini

                """,
            ["docker/grafana/grafana.ini"] = "i",
            ["docker/grafana/provisioning/all.yml"] = "p",
            ["docker/prometheus/Dockerfile"] = """
                FROM prom/prometheus:v2
                ADD prometheus.yml /etc/prometheus/

                """,
            ["docker/prometheus/prometheus.yml"] = "p",
            ["docker/prometheus/alert.rules.yml"] = "q",
            ["docker-compose.yml"] = """
                services:
                  customers:
                    image: springcommunity/customers
                  grafana-server:
                    build: ./docker/grafana
                  prometheus-server:
                    build: ./docker/prometheus

                """,
            ["pom.xml"] = "<p/>",
            ["spring-petclinic-customers-service/pom.xml"] = "<p/>",
            ["spring-petclinic-customers-service/src/main/App.java"] = "class",
            [".gitignore"] = "target/\n",
            ["!spring-petclinic-customers-service/target/app.jar"] = "jar",
        };
}
