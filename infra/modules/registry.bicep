metadata description = 'The registry of the app\'s image. Nobody signs in to it with a password.'

@description('Name of the registry: letters and digits.')
@minLength(5)
@maxLength(50)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Tier of the registry.')
@allowed(['Basic', 'Standard', 'Premium'])
param sku string

@description('Object id of who pulls the image.')
param pullerId string

// Built-in role AcrPull.
var pullRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, pullerId, pullRole)
  scope: registry
  properties: {
    principalId: pullerId
    principalType: 'ServicePrincipal'
    roleDefinitionId: pullRole
  }
}

@description('Name of the registry.')
output name string = registry.name

@description('Address of the registry.')
output server string = registry.properties.loginServer
