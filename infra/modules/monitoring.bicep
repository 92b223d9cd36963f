metadata description = 'Logs and metrics, kept for less time than lies between two surveys.'

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('Name of Application Insights.')
param insightsName string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

// Waves of the pulse are 12 weeks apart; what is kept longer could be compared with the next one.
@description('Days for which logs are kept; less than the 84 between two waves of the pulse.')
@minValue(30)
@maxValue(83)
param retentionDays int

@description('Gigabytes that may be taken in each day; what comes after that is lost until the next day.')
@minValue(1)
param gigabytesADay int

resource workspace 'Microsoft.OperationalInsights/workspaces@2022-10-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: gigabytesADay
    }
    features: {
      // Only who may read a resource reads its logs.
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Name of Application Insights.')
output insightsName string = insights.name
