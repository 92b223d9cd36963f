# Exact versions rather than digests: no registry of images could be reached where this was written. Whoever builds can
# pin them: docker buildx imagetools inspect node:24.21.0-bookworm-slim
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY src ./src
# The empty embedded store is for local mode.
RUN npm run build && rm -rf dist/empty-store

FROM node:24.21.0-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
# No package that runs in production needs an install script. Fluent UI is in the pages already, which are built, and
# would be nearly half of the image.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@fluentui

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Steady" \
      org.opencontainers.image.description="Check-ins, meetings and a confidential pulse for networks of managers, in Microsoft Teams"
# glibc would keep freed memory in up to sixteen places for as many threads (README, Decisions).
ENV NODE_ENV=production \
    STEADY_MODE=live \
    PORT=3978 \
    MALLOC_ARENA_MAX=2
WORKDIR /app
# Everything belongs to root, and the process isn't root: it can't change what it runs. It writes no file.
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY adaptive-cards ./adaptive-cards
COPY appPackage ./appPackage
USER node
EXPOSE 3978
# Container Apps has probes of its own and doesn't look at this; other hosts do.
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# V8 would let garbage take more room than everything that lives (README, Decisions).
# Node itself is process 1: it handles SIGTERM, and starts no process that somebody would have to wait for.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "dist/main.js"]
