metadata description = 'PostgreSQL, reachable from the network alone.'

@description('Name of the server.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Tier of the server.')
@allowed(['Burstable', 'GeneralPurpose', 'MemoryOptimized'])
param tier string

@description('Size of the server.')
param sku string

@description('Storage to start with, in GB; it grows by itself.')
@minValue(32)
param storageGB int

// Backups are what is left of a closed wave's single answers, so they go before the next wave closes (84 days).
@description('Days for which the database can be brought back.')
@minValue(7)
@maxValue(35)
param backupDays int

@description('Whether a second server stands by in another zone.')
@allowed(['Disabled', 'SameZone', 'ZoneRedundant'])
param highAvailability string

@description('Subnet delegated to the server.')
param subnetId string

@description('Zone in which its name is found.')
param dnsZoneId string

@description('Workspace that its log goes to.')
param workspaceId string

@description('Password of the administrator.')
@secure()
param administratorPassword string

var administratorName = 'steady'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
    tier: tier
  }
  properties: {
    version: '17'
    createMode: 'Default'
    administratorLogin: administratorName
    administratorLoginPassword: administratorPassword
    authConfig: {
      activeDirectoryAuth: 'Disabled'
      passwordAuth: 'Enabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: dnsZoneId
      publicNetworkAccess: 'Disabled'
    }
    storage: {
      storageSizeGB: storageGB
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: highAvailability
    }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: server
  name: 'steady'
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

resource encryptedOnly 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
  parent: server
  name: 'require_secure_transport'
  properties: {
    value: 'ON'
    source: 'user-override'
  }
  // The server takes one change at a time.
  dependsOn: [database]
}

resource oldestTls 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
  parent: server
  name: 'ssl_min_protocol_version'
  properties: {
    value: 'TLSv1.2'
    source: 'user-override'
  }
  dependsOn: [encryptedOnly]
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'PostgreSQLLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Resource id of the server.')
output id string = server.id

@description('Name of the server in the network.')
output host string = server.properties.fullyQualifiedDomainName

@description('Name of the database.')
output databaseName string = database.name

@description('Name of the administrator.')
output administrator string = administratorName
