metadata description = 'Everything that Steady needs in Azure. Deployed twice: without an image it makes what the app stands on, and with one the app too.'

targetScope = 'subscription'

@description('Name of this deployment, such as steady-live: the resource group is called after it, and its resources by a hash of it.')
@minLength(3)
@maxLength(40)
param environmentName string

@description('Azure region, such as uksouth. It must have availability zones for the large size.')
param location string

@description('small: one network of about 100 people; large: 100,000 people. What they mean is in sizes/.')
@allowed(['small', 'large'])
param size string = 'small'

@description('Tags that your organisation asks for, beside our own.')
param extraTags object = {}

@description('Image of the app, such as acrsteady….azurecr.io/steady:1.0.0. Empty on the first run: then there is no app yet.')
param image string = ''

@description('Image of the OpenTelemetry collector that runs beside the app. Empty: no metrics, and no alerts made of them.')
param collectorImage string = ''

@description('Administrator password of the database. azd makes one of 15 letters and digits.')
@secure()
@minLength(15)
param databasePassword string

@description('Object id of whoever deploys. It may read the secrets, so that a later deployment finds the same password. Empty: nobody may.')
param deployerId string = ''

@description('What the deployer is.')
@allowed(['User', 'ServicePrincipal'])
param deployerType string = 'User'

@description('Application id of the tab\'s sign-in registration (infra/scripts/register-sign-in.sh makes it).')
param entraClientId string = ''

@description('The app\'s id in the organisation\'s Teams catalogue, known once the package is uploaded.')
param teamsAppId string = ''

@description('Object ids of the people who administer the first network, with commas between them.')
param admins string = ''

@description('Mailbox that owns the meetings. Empty: meetings aren\'t put into calendars.')
param meetingOrganiser string = ''

@description('Mailbox that sends links to people whom Teams can\'t reach. Empty: none are sent.')
param mailSender string = ''

@description('Opt-in: whether members\' free and busy times may be asked for.')
@allowed(['true', 'false'])
param graphFreeBusy string = 'false'

@description('Opt-in: whether answers may be written to members\' calendars.')
@allowed(['true', 'false'])
param graphMemberCalendars string = 'false'

@description('How much the app writes to its log.')
@allowed(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
param logLevel string = 'info'

@description('A name of your own for the app, such as steady.example.nhs.uk. Empty: Azure\'s.')
param customDomain string = ''

@description('Resource id of the certificate for that name in the Container Apps environment.')
param certificateId string = ''

@description('E-mail addresses that alerts and budget warnings go to, with commas between them.')
param alertEmails string = ''

@description('Budget a month in the subscription\'s currency. 0: no budget is set.')
@minValue(0)
param budgetAmount int = 0

@description('First day of the budget, the first of a month, such as 2027-01-01. It can\'t be changed afterwards.')
param budgetStart string = ''

@description('Address range of the virtual network, a /24. Change it if it meets a network that this one is joined to.')
param networkPrefix string = '10.90.0.0/24'

var sizing = size == 'large' ? loadJsonContent('sizes/large.json') : loadJsonContent('sizes/small.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = union(extraTags, { application: 'steady', 'azd-env-name': environmentName })
var emails = filter(map(split(alertEmails, ','), entry => trim(entry)), entry => !empty(entry))
// The app refuses to start without these, so it isn't made before they are known.
var appIsKnown = !empty(image) && !empty(entraClientId) && !empty(teamsAppId) && !empty(admins)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-steady-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-steady-${token}'
    insightsName: 'appi-steady-${token}'
    location: location
    tags: tags
    retentionDays: sizing.logs.days
    gigabytesADay: sizing.logs.gigabytesADay
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-steady-${token}'
    location: location
    tags: tags
    addressPrefix: networkPrefix
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: group
  params: {
    name: 'acrsteady${token}'
    location: location
    tags: tags
    sku: sizing.registrySku
    pullerId: identity.outputs.principalId
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  scope: group
  params: {
    name: 'psql-steady-${token}'
    location: location
    tags: tags
    tier: sizing.database.tier
    sku: sizing.database.sku
    storageGB: sizing.database.storageGB
    backupDays: sizing.database.backupDays
    highAvailability: sizing.database.highAvailability
    subnetId: network.outputs.databaseSubnetId
    dnsZoneId: network.outputs.databaseDnsZoneId
    workspaceId: monitoring.outputs.workspaceId
    administratorPassword: databasePassword
  }
}

module secrets 'modules/secrets.bicep' = {
  name: 'secrets'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    insightsName: monitoring.outputs.insightsName
    databaseHost: database.outputs.host
    databaseName: database.outputs.databaseName
    databaseUser: database.outputs.administrator
    databasePassword: databasePassword
    readerId: identity.outputs.principalId
    deployerId: deployerId
    deployerType: deployerType
  }
}

module pulseKeys 'modules/pulse-keys.bicep' = {
  name: 'pulse-keys'
  scope: group
  params: {
    name: 'kvp-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    keeperId: identity.outputs.principalId
    subnetId: network.outputs.endpointSubnetId
    dnsZoneId: network.outputs.vaultDnsZoneId
  }
}

module appEnvironment 'modules/environment.bicep' = {
  name: 'environment'
  scope: group
  params: {
    name: 'cae-steady-${token}'
    location: location
    tags: tags
    subnetId: network.outputs.appSubnetId
    workspaceId: monitoring.outputs.workspaceId
    zoneRedundant: size == 'large'
  }
}

var appName = 'ca-steady-${token}'
var host = empty(customDomain) ? '${appName}.${appEnvironment.outputs.defaultDomain}' : customDomain

module app 'modules/app.bicep' = if (appIsKnown) {
  name: 'app'
  scope: group
  params: {
    name: appName
    location: location
    tags: tags
    environmentId: appEnvironment.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    image: image
    collectorImage: collectorImage
    host: host
    customDomain: customDomain
    certificateId: certificateId
    databaseUrlSecret: secrets.outputs.databaseUrlSecret
    insightsSecret: secrets.outputs.insightsSecret
    pulseVault: pulseKeys.outputs.uri
    entraClientId: entraClientId
    teamsAppId: teamsAppId
    admins: admins
    meetingOrganiser: meetingOrganiser
    mailSender: mailSender
    graphFreeBusy: graphFreeBusy
    graphMemberCalendars: graphMemberCalendars
    logLevel: logLevel
    cpu: sizing.app.cpu
    memory: sizing.app.memory
    minReplicas: sizing.app.minReplicas
    maxReplicas: sizing.app.maxReplicas
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  scope: group
  params: {
    name: 'bot-steady-${token}'
    tags: tags
    endpoint: 'https://${host}/api/messages'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
  }
}

module alerts 'modules/alerts.bicep' = if (appIsKnown && !empty(emails)) {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    emails: emails
    appName: appName
    databaseId: database.outputs.id
    workspaceId: monitoring.outputs.workspaceId
    withMetrics: !empty(collectorImage)
    failedDeliveriesAnHour: sizing.alerts.failedDeliveriesAnHour
  }
  dependsOn: [app]
}

module budget 'modules/budget.bicep' = if (budgetAmount > 0 && !empty(budgetStart) && !empty(emails)) {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-${environmentName}'
    amount: budgetAmount
    start: budgetStart
    emails: emails
  }
}

@description('Where Teams, people and Graph reach the app: for the package, the sign-in registration and the firewall.')
output PUBLIC_URL string = 'https://${host}'

@description('Client id of the managed identity: the bot\'s id.')
output BOT_APP_ID string = identity.outputs.clientId

@description('Object id of the managed identity: whom Graph permissions are granted to.')
output IDENTITY_OBJECT_ID string = identity.outputs.principalId

@description('Name of the registry that the image is built in.')
output REGISTRY_NAME string = registry.outputs.name

@description('Address of the registry.')
output REGISTRY_SERVER string = registry.outputs.server

@description('The vault in which the next deployment looks for the database\'s password.')
output AZURE_KEY_VAULT_NAME string = secrets.outputs.name

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the container app, whether it is there yet or not.')
output APP_NAME string = appName
