metadata description = 'What somebody is woken for, and by which address.'

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Who is told.')
@minLength(1)
param emails array

@description('Name of the container app.')
param appName string

@description('Resource id of the database server.')
param databaseId string

@description('Workspace that metrics and logs go to.')
param workspaceId string

@description('Whether the app\'s own metrics arrive.')
param withMetrics bool

@description('Failed deliveries in an hour above which somebody is told.')
@minValue(0)
param failedDeliveriesAnHour int

var ownMetrics = [
  {
    name: 'failed-deliveries'
    description: 'Cards couldn\'t be delivered. See who and why: the Deliveries page of the tab, "docs/operations.md".'
    severity: 2
    // The metric counts a week's; what was added within the window is what is new.
    query: 'AppMetrics | where Name == "steady.deliveries" and tostring(Properties.state) == "failed" | summarize Value = max(Max) - min(Min) | where isnotnull(Value)'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: failedDeliveriesAnHour
    window: 'PT1H'
  }
  {
    name: 'queue-age'
    description: 'The oldest job that is due has waited for more than 10 minutes.'
    severity: 2
    query: 'AppMetrics | where Name == "steady.queue.age" | summarize Value = max(Max) | where isnotnull(Value)'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 600
    window: 'PT15M'
  }
  {
    name: 'subscription-expiring'
    description: 'The calendar subscription ends within 24 hours and wasn\'t renewed: answers in Outlook will be seen late.'
    severity: 2
    query: 'AppMetrics | where Name == "steady.subscription.remaining" | summarize Value = min(Min) | where isnotnull(Value)'
    aggregation: 'Minimum'
    operator: 'LessThan'
    threshold: 86400
    window: 'PT1H'
  }
  {
    name: 'no-metrics'
    description: 'The app has said nothing for 15 minutes: it doesn\'t run, or the collector beside it doesn\'t.'
    severity: 1
    query: 'AppMetrics | where Name startswith "steady." | summarize Value = count()'
    aggregation: 'Total'
    operator: 'LessThan'
    threshold: 1
    window: 'PT15M'
  }
]

resource app 'Microsoft.App/containerApps@2025-07-01' existing = {
  name: appName
}

resource people 'Microsoft.Insights/actionGroups@2021-09-01' = {
  name: 'ag-${appName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'Steady'
    emailReceivers: map(emails, address => {
      name: address
      emailAddress: address
      useCommonAlertSchema: true
    })
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in (withMetrics ? ownMetrics : []): {
  name: '${appName}-${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${appName}-${alert.name}'
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: alert.window
    autoMitigate: true
    // The table comes with the first metric.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: 'Value'
          timeAggregation: alert.aggregation
          operator: alert.operator
          threshold: alert.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${appName}-5xx'
  location: 'global'
  tags: tags
  properties: {
    description: 'The app answered more than five requests in 15 minutes with an error of its own.'
    severity: 2
    enabled: true
    scopes: [app.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'errors'
          metricNamespace: 'Microsoft.App/containerapps'
          metricName: 'Requests'
          dimensions: [
            {
              name: 'statusCodeCategory'
              operator: 'Include'
              values: ['5xx']
            }
          ]
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource restarts 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${appName}-restarts'
  location: 'global'
  tags: tags
  properties: {
    description: 'A replica was restarted more than three times. The count goes back when the replica is replaced.'
    severity: 2
    enabled: true
    scopes: [app.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'restarts'
          metricNamespace: 'Microsoft.App/containerapps'
          metricName: 'RestartCount'
          operator: 'GreaterThan'
          threshold: 3
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource storage 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${appName}-database-storage'
  location: 'global'
  tags: tags
  properties: {
    description: 'More than 80 % of the database\'s storage is used.'
    severity: 2
    enabled: true
    scopes: [databaseId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'storage'
          metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers'
          metricName: 'storage_percent'
          operator: 'GreaterThan'
          threshold: 80
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
