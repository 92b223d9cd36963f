metadata description = 'Where the app runs: Container Apps inside the network, its logs sent to the workspace without a key.'

@description('Name of the environment.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Subnet delegated to it.')
param subnetId string

@description('Workspace that logs go to.')
param workspaceId string

@description('Whether replicas are spread over availability zones; it can\'t be changed afterwards.')
param zoneRedundant bool

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    vnetConfiguration: {
      // Teams and Graph call from the internet.
      internal: false
      infrastructureSubnetId: subnetId
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    zoneRedundant: zoneRedundant
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

@description('Resource id of the environment.')
output id string = environment.id

@description('What follows the app\'s name in its address.')
output defaultDomain string = environment.properties.defaultDomain
