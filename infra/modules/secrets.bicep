metadata description = 'The vault of what the app must not have in its settings. The database can only be reached from inside, whoever knows its password.'

@description('Name of the vault.')
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Workspace that says who read what.')
param workspaceId string

@description('Name of Application Insights, whose connection string is kept here.')
param insightsName string

@description('Name of the database server in the network.')
param databaseHost string

@description('Name of the database.')
param databaseName string

@description('Name of the database\'s user.')
param databaseUser string

@description('Password of the database\'s user.')
@secure()
param databasePassword string

@description('Object id of the app, which reads the secrets.')
param readerId string

@description('Object id of whoever deploys, who reads the password next time; empty for nobody.')
param deployerId string

@description('What the deployer is.')
@allowed(['User', 'ServicePrincipal'])
param deployerType string

// Built-in role Key Vault Secrets User.
var readRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
// The server's certificate is checked against its name, as Node checks any other.
var databaseUrl = 'postgresql://${databaseUser}:${uriComponent(databasePassword)}@${databaseHost}:5432/${databaseName}?sslmode=verify-full'

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

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
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

// azd looks for it here before it makes a new one.
resource password 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-password'
  tags: tags
  properties: {
    value: databasePassword
    contentType: 'password'
  }
}

resource address 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-url'
  tags: tags
  properties: {
    value: databaseUrl
    contentType: 'DATABASE_URL'
  }
}

resource connection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'insights-connection'
  tags: tags
  properties: {
    value: insights.properties.ConnectionString
    contentType: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
  }
}

resource readersOfAddress 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(address.id, readerId, readRole)
  scope: address
  properties: {
    principalId: readerId
    principalType: 'ServicePrincipal'
    roleDefinitionId: readRole
  }
}

resource readersOfConnection 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(connection.id, readerId, readRole)
  scope: connection
  properties: {
    principalId: readerId
    principalType: 'ServicePrincipal'
    roleDefinitionId: readRole
  }
}

resource readersOfPassword 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerId)) {
  name: guid(password.id, deployerId, readRole)
  scope: password
  properties: {
    principalId: deployerId
    principalType: deployerType
    roleDefinitionId: readRole
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

@description('Name of the vault.')
output name string = vault.name

@description('Address of the secret that holds the database\'s address; the newest version counts.')
output databaseUrlSecret string = address.properties.secretUri

@description('Address of the secret that holds the connection string of Application Insights.')
output insightsSecret string = connection.properties.secretUri
