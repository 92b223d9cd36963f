#!/usr/bin/env bash
# Builds the app's image in the registry, brings the collector's image there too, and tells azd both names. Nothing is
# built on this machine: no Docker is needed. Run it in the repository's root, after the first "azd provision".
set -euo pipefail

registry=$(azd env get-value REGISTRY_NAME)
server=$(azd env get-value REGISTRY_SERVER)
version=$(sed -nE 's/^  "version": "([^"]+)",?$/\1/p' package.json)
commit=$(git rev-parse --short HEAD)
tag="steady:${version}-${commit}"
collector="opentelemetry-collector-contrib:0.128.0"

if [[ -n "$(git status --porcelain)" ]]; then
  echo "There are changes that aren't committed: an image must say what it was made of." >&2
  exit 1
fi

az acr build --registry "$registry" --image "$tag" --file Dockerfile .
az acr import --name "$registry" --source "docker.io/otel/${collector}" --image "$collector" --force

# By digest, so that what runs can't be changed under the same name.
digest() {
  az acr repository show --name "$registry" --image "$1" --query digest --output tsv
}
azd env set STEADY_IMAGE "${server}/steady@$(digest "$tag")"
azd env set STEADY_COLLECTOR_IMAGE "${server}/opentelemetry-collector-contrib@$(digest "$collector")"
echo "Built ${tag}. Now: azd provision"
