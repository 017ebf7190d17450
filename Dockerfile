# The image of the webhook and the scan: Node and the bundle, no shell, no package manager, no dependencies to install.
#
#   docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/poolproof/poolproof:0.1.0 .
#
# A release pins both bases by digest. To learn a digest, and to build with it:
#
#   docker buildx imagetools inspect gcr.io/distroless/nodejs24-debian13:nonroot --format '{{.Manifest.Digest}}'
#   docker buildx build --build-arg RUNTIME=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:… --build-arg BUILDER=…@sha256:… .
ARG BUILDER=docker.io/library/node:24-trixie-slim
ARG RUNTIME=gcr.io/distroless/nodejs24-debian13:nonroot

# The bundle is the same for every architecture: it is made once, on the one that builds.
FROM --platform=$BUILDPLATFORM ${BUILDER} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node .ci/build.mjs

FROM ${RUNTIME}
LABEL org.opencontainers.image.title="poolproof" \
      org.opencontainers.image.source="https://github.com/poolproof/poolproof" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/dist ./dist
# There is nowhere to write: the file system is read-only.
ENV NODE_ENV=production POOLPROOF_COMPILE_CACHE=off
USER 65532:65532
EXPOSE 9443 8080
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/cli.cjs"]
CMD ["serve"]
