#!/usr/bin/env bash
# Registers the application that the tab's tokens are made out to, and tells azd its id. It has no secret and asks for
# no permission: Teams hands out tokens that say who somebody is, and Steady checks them.
# Needs the role Application Developer (or Cloud Application Administrator) in Entra, the first "azd provision", az, azd.
# Run again, it changes nothing that is right already.
#
# Why a script and not Bicep: the one who may write to Entra often isn't the one who may deploy to Azure, and Bicep's
# extension for Graph needs both in one pair of hands.
set -euo pipefail

public_url=$(azd env get-value PUBLIC_URL)
host=${public_url#https://}
name="Steady sign-in (${host})"
# Teams on desktops and phones, and Teams on the web (learn.microsoft.com, "Register your tab app with Microsoft Entra ID").
teams_clients=("1fec8e78-bce4-4aaf-ab1b-5451cc387264" "5e3ce6c0-2b1f-4285-8d4b-75ee78787346")

app_id=$(az ad app list --display-name "$name" --query "[0].appId" --output tsv)
if [[ -z "$app_id" ]]; then
  app_id=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
fi
object_id=$(az ad app show --id "$app_id" --query id --output tsv)
scope_id=$(az ad app show --id "$app_id" --query "api.oauth2PermissionScopes[?value=='access_as_user'].id | [0]" --output tsv)
scope_id=${scope_id:-$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr '[:upper:]' '[:lower:]')}

graph_patch() {
  az rest --method PATCH --url "https://graph.microsoft.com/v1.0/applications/${object_id}" \
    --headers "Content-Type=application/json" --body "$1"
}

# The scope has to be there before a client can be allowed to ask for it. Version 2 tokens are the only ones accepted.
graph_patch "{
  \"identifierUris\": [\"api://${host}/${app_id}\"],
  \"api\": {
    \"requestedAccessTokenVersion\": 2,
    \"oauth2PermissionScopes\": [{
      \"id\": \"${scope_id}\",
      \"value\": \"access_as_user\",
      \"type\": \"User\",
      \"isEnabled\": true,
      \"adminConsentDisplayName\": \"Use Steady as yourself\",
      \"adminConsentDescription\": \"Teams may tell Steady who is signed in.\",
      \"userConsentDisplayName\": \"Use Steady as yourself\",
      \"userConsentDescription\": \"Teams may tell Steady who you are.\"
    }]
  }
}"
allowed=$(printf '{"appId":"%s","delegatedPermissionIds":["'"$scope_id"'"]},' "${teams_clients[@]}")
graph_patch "{\"api\": {\"preAuthorizedApplications\": [${allowed%,}]}}"

azd env set ENTRA_CLIENT_ID "$app_id"
echo "ENTRA_CLIENT_ID is ${app_id}."
