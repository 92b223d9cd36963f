metadata description = 'The one identity that the app runs as: it is the bot, pulls the image, reads the secrets and calls Graph.'

@description('Name of the identity.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Client id: the bot\'s id, and whom tokens are made out to.')
output clientId string = identity.properties.clientId

@description('Object id: whom roles and permissions are granted to.')
output principalId string = identity.properties.principalId
