<#
.SYNOPSIS
Opens chosen mailboxes of Exchange Online to Steady, and no others (RBAC for Applications).

.DESCRIPTION
Needs the module ExchangeOnlineManagement and the role Exchange Administrator (or Organization Management).
Each group is a mail-enabled security group whose members are the mailboxes themselves: groups inside it don't count.
Run again, it makes what is missing and leaves the rest.

WARNING: what is granted here and what is granted in Entra add up. If the identity has Calendars.ReadWrite,
Calendars.Read or Mail.Send in Entra, it reaches every mailbox, whatever this script says. Don't grant them there.

Changes take between 30 minutes and 2 hours to be seen by Graph.

.PARAMETER ClientId
Client id of the managed identity: azd env get-value BOT_APP_ID

.PARAMETER ObjectId
Object id of the managed identity: azd env get-value IDENTITY_OBJECT_ID

.PARAMETER OrganiserGroup
Group of the mailboxes that own meetings (MEETING_ORGANISER, and those in the networks' settings).

.PARAMETER SenderGroup
Group of the mailbox that sends links (MAIL_SENDER). Leave it out when no links are sent.

.PARAMETER MemberGroup
Group of the members' mailboxes. Only for the opt-in GRAPH_MEMBER_CALENDARS, by which answers on a card are written to
members' calendars. Leave it out otherwise. (GRAPH_FREE_BUSY asks through the organiser's mailbox and needs no group.)
#>
param(
  [Parameter(Mandatory)] [guid] $ClientId,
  [Parameter(Mandatory)] [guid] $ObjectId,
  [Parameter(Mandatory)] [string] $OrganiserGroup,
  [string] $SenderGroup,
  [string] $MemberGroup
)

$ErrorActionPreference = 'Stop'

function Add-Scope([string] $Name, [string] $Group) {
  $found = Get-ManagementScope | Where-Object { $_.Name -eq $Name }
  if (-not $found) {
    $distinguishedName = (Get-Group -Identity $Group).DistinguishedName.Replace("'", "''")
    New-ManagementScope -Name $Name -RecipientRestrictionFilter "MemberOfGroup -eq '$distinguishedName'" | Out-Null
  }
}

function Add-Role([string] $Role, [string] $Scope) {
  $name = "$Scope - $Role"
  $found = Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $name }
  if (-not $found) {
    New-ManagementRoleAssignment -Name $name -App $ObjectId -Role $Role -CustomResourceScope $Scope | Out-Null
  }
}

Connect-ExchangeOnline -ShowBanner:$false

$known = Get-ServicePrincipal | Where-Object { $_.AppId -eq $ClientId }
if (-not $known) {
  New-ServicePrincipal -AppId $ClientId -ObjectId $ObjectId -DisplayName 'Steady' | Out-Null
}

# Events of the organiser: written, read, followed (delta), and subscribed to. A subscription asks for the reading
# permission by its own name.
Add-Scope 'Steady organisers' $OrganiserGroup
Add-Role 'Application Calendars.ReadWrite' 'Steady organisers'
Add-Role 'Application Calendars.Read' 'Steady organisers'

if ($SenderGroup) {
  Add-Scope 'Steady senders' $SenderGroup
  Add-Role 'Application Mail.Send' 'Steady senders'
}

if ($MemberGroup) {
  # Accept, decline and tentative answers, in each member's own copy of the event.
  Add-Scope 'Steady members' $MemberGroup
  Add-Role 'Application Calendars.ReadWrite' 'Steady members'
}

Write-Output 'What the identity may do. InScope must be False for a mailbox outside the groups:'
Write-Output '  Test-ServicePrincipalAuthorization -Identity Steady -Resource somebody.else@example.org'
Test-ServicePrincipalAuthorization -Identity $ObjectId | Format-Table
