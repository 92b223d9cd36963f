metadata description = 'The app itself, and the collector beside it.'

@description('Name of the app.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Resource id of the Container Apps environment.')
param environmentId string

@description('Resource id of the identity that it runs as.')
param identityId string

@description('Client id of that identity, which is the bot\'s id.')
param identityClientId string

@description('Address of the registry.')
param registryServer string

@description('Image of the app.')
param image string

@description('Image of the collector; empty for none.')
param collectorImage string

@description('Name under which the app is reached.')
param host string

@description('The same where it is a name of your own; otherwise empty.')
param customDomain string

@description('Resource id of the certificate for that name.')
param certificateId string

@description('Address of the secret that holds the database\'s address.')
param databaseUrlSecret string

@description('Address of the secret that holds the connection string of Application Insights.')
param insightsSecret string

@description('Address of the vault of pulse keys.')
param pulseVault string

@description('Application id of the tab\'s sign-in registration.')
param entraClientId string

@description('The app\'s id in the Teams catalogue.')
param teamsAppId string

@description('Object ids of the first network\'s admins.')
param admins string

@description('Mailbox that owns the meetings; empty for none.')
param meetingOrganiser string

@description('Mailbox that sends links; empty for none.')
param mailSender string

@description('Whether free and busy times may be asked for.')
param graphFreeBusy string

@description('Whether answers may be written to members\' calendars.')
param graphMemberCalendars string

@description('How much is written to the log.')
param logLevel string

@description('Cores of the app, without the collector\'s.')
param cpu string

@description('Memory of the app, without the collector\'s.')
param memory string

// Schedules, retries and cards that are due live in the app, and Teams gives up on a press after some seconds: with no
// replica running nothing would be sent, and nothing answered.
@description('Replicas that always run; 1 at least.')
@minValue(1)
param minReplicas int

@description('Replicas at most. All of them share one send rate.')
@minValue(1)
@maxValue(10)
param maxReplicas int

var port = 3978
var withCollector = !empty(collectorImage)

var settings = [
  { name: 'STEADY_MODE', value: 'live' }
  { name: 'PORT', value: string(port) }
  { name: 'PUBLIC_URL', value: 'https://${host}' }
  { name: 'PULSE_KEYS', value: pulseVault }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppId', value: identityClientId }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'TEAMS_APP_ID', value: teamsAppId }
  { name: 'ENTRA_CLIENT_ID', value: entraClientId }
  { name: 'STEADY_ADMINS', value: admins }
  { name: 'MEETING_ORGANISER', value: meetingOrganiser }
  { name: 'MAIL_SENDER', value: mailSender }
  { name: 'GRAPH_FREE_BUSY', value: graphFreeBusy }
  { name: 'GRAPH_MEMBER_CALENDARS', value: graphMemberCalendars }
  { name: 'LOG_LEVEL', value: logLevel }
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: withCollector ? 'http://127.0.0.1:4318' : '' }
  // The collector's exporter writes each point as it is, so a counter must say what was added and not its total.
  { name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', value: withCollector ? 'delta' : '' }
]

var secretSettings = [
  { name: 'DATABASE_URL', secretRef: 'database-url' }
]

var steady = {
  name: 'steady'
  image: image
  resources: {
    cpu: json(cpu)
    memory: memory
  }
  env: concat(filter(settings, setting => !empty(setting.value)), secretSettings)
  probes: [
    {
      // Five minutes for the migrations of a large store.
      type: 'Startup'
      httpGet: { path: '/healthz', port: port, scheme: 'HTTP' }
      periodSeconds: 5
      timeoutSeconds: 3
      failureThreshold: 60
    }
    {
      type: 'Liveness'
      httpGet: { path: '/healthz', port: port, scheme: 'HTTP' }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    }
    {
      type: 'Readiness'
      httpGet: { path: '/readyz', port: port, scheme: 'HTTP' }
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 3
    }
  ]
}

var collector = {
  name: 'collector'
  image: collectorImage
  args: ['--config=env:COLLECTOR_CONFIG']
  resources: {
    cpu: json('0.25')
    memory: '0.5Gi'
  }
  env: [
    { name: 'COLLECTOR_CONFIG', value: loadTextContent('../collector.yaml') }
    { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', secretRef: 'insights-connection' }
  ]
}

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
        customDomains: empty(customDomain) ? [] : [
          {
            name: customDomain
            certificateId: certificateId
            bindingType: 'SniEnabled'
          }
        ]
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [
        {
          name: 'database-url'
          keyVaultUrl: databaseUrlSecret
          identity: identityId
        }
        {
          name: 'insights-connection'
          keyVaultUrl: insightsSecret
          identity: identityId
        }
      ]
    }
    template: {
      // The process itself ends within 10 s of SIGTERM.
      terminationGracePeriodSeconds: 30
      containers: withCollector ? [steady, collector] : [steady]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'requests'
            http: {
              metadata: {
                concurrentRequests: '50'
              }
            }
          }
        ]
      }
    }
  }
}
