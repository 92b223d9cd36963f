metadata description = 'The bot as Teams knows it. It has no secret: it is the managed identity.'

@description('Name of the bot.')
param name string

@description('Tags of the resource.')
param tags object

@description('Where Teams sends activities.')
param endpoint string

@description('Resource id of the identity.')
param identityId string

@description('Client id of the identity.')
param identityClientId string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: {
    // Teams is a standard channel, which is free of charge in every tier.
    name: 'F0'
  }
  properties: {
    displayName: 'Steady'
    endpoint: endpoint
    msaAppId: identityClientId
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  tags: tags
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      enableCalling: false
    }
  }
}
