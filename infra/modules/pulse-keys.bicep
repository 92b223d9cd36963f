metadata description = 'The vault of the keys to pulse answers, apart from everything else: reached by the app alone, and with nothing that brings a purged key back.'

@description('Name of the vault.')
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Workspace that says who read what.')
param workspaceId string

@description('Object id of the app, which keeps, reads and purges the keys.')
param keeperId string

@description('Subnet of the private endpoint.')
param subnetId string

@description('Zone in which the vault\'s name is found.')
param dnsZoneId string

var ownGroup = resourceGroup().id

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    // No enablePurgeProtection: with it a key could be brought back for days after its wave was closed, and once it is
    // on it can't be taken off. The app refuses such a vault.
    publicNetworkAccess: 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
    }
  }
}

// No built-in role fits: Key Vault Secrets Officer also lists, backs up, restores and recovers.
resource keeper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(ownGroup, name, 'keeper of pulse keys')
  properties: {
    roleName: 'Keeper of pulse keys (${name})'
    description: 'Keeps, reads, deletes and purges secrets of the vault of pulse keys.'
    type: 'CustomRole'
    assignableScopes: [ownGroup]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
          'Microsoft.KeyVault/vaults/secrets/getSecret/action'
          // A deleted secret's properties: whether the deletion is through, and whether it can be purged.
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
          'Microsoft.KeyVault/vaults/secrets/delete'
          'Microsoft.KeyVault/vaults/secrets/purge/action'
        ]
        notDataActions: []
      }
    ]
  }
}

resource keeping 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, keeperId, keeper.id)
  scope: vault
  properties: {
    principalId: keeperId
    principalType: 'ServicePrincipal'
    roleDefinitionId: keeper.id
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-10-01' = {
  name: 'pe-${name}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: 'vault'
        properties: {
          privateLinkServiceId: vault.id
          groupIds: ['vault']
        }
      }
    ]
  }
}

resource endpointName 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-10-01' = {
  parent: endpoint
  name: 'vault'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'vault'
        properties: {
          privateDnsZoneId: dnsZoneId
        }
      }
    ]
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

@description('Address of the vault: PULSE_KEYS.')
output uri string = vault.properties.vaultUri
