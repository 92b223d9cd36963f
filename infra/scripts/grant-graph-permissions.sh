#!/usr/bin/env bash
# Gives the managed identity what it needs of Microsoft Graph, one permission at a time, and nothing that opens a
# mailbox: calendars and mail are opened in Exchange, for chosen mailboxes (confine-calendars.ps1).
# Needs the role Privileged Role Administrator in Entra, and az. Run again, it changes nothing that is there already.
#
#   infra/scripts/grant-graph-permissions.sh <object id of the identity: azd env get-value IDENTITY_OBJECT_ID>
set -euo pipefail

identity=${1:?"Give the identity's object id: azd env get-value IDENTITY_OBJECT_ID"}
graph_app="00000003-0000-0000-c000-000000000000"

permissions=(
  # POST /users/{id}/teamwork/installedApps: gives a person this app, and no other. Least for the call.
  "TeamsAppInstallation.ReadWriteSelfForUser.All"
  # GET /users?$filter=mail …, GET /users/{id}: finds the account behind an address of the roster, and whether it is a
  # guest's. Least for the calls; User.ReadBasic.All isn't accepted for them from an application.
  "User.Read.All"
)
# Never here: Calendars.ReadWrite, Calendars.Read and Mail.Send. Given in Entra they hold for every mailbox of the
# tenant, and what Exchange confines them to would mean nothing: the two grants add up.
forbidden=("Calendars.ReadWrite" "Calendars.Read" "Mail.Send" "Mail.ReadWrite")

graph_id=$(az ad sp show --id "$graph_app" --query id --output tsv)
granted_url="https://graph.microsoft.com/v1.0/servicePrincipals/${identity}/appRoleAssignments"
granted=$(az rest --method GET --url "$granted_url" --query "value[?resourceId=='${graph_id}'].appRoleId" --output tsv)

role_id() {
  az ad sp show --id "$graph_app" --output tsv \
    --query "appRoles[?value=='$1' && contains(allowedMemberTypes, 'Application')].id | [0]"
}

for permission in "${permissions[@]}"; do
  role=$(role_id "$permission")
  if [[ -z "$role" ]]; then
    echo "Graph knows no application permission ${permission}." >&2
    exit 1
  fi
  if grep -qxF "$role" <<<"$granted"; then
    echo "${permission}: already there."
    continue
  fi
  az rest --method POST --url "$granted_url" --headers "Content-Type=application/json" --output none \
    --body "{\"principalId\": \"${identity}\", \"resourceId\": \"${graph_id}\", \"appRoleId\": \"${role}\"}"
  echo "${permission}: granted."
done

found=0
for permission in "${forbidden[@]}"; do
  if grep -qxF "$(role_id "$permission")" <<<"$granted"; then
    echo "WARNING: ${permission} is granted in Entra, for every mailbox of the tenant. Take it back." >&2
    found=1
  fi
done
exit "$found"
