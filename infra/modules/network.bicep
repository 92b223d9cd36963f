metadata description = 'A network of three subnets: the app, the database, and private endpoints.'

@description('Name of the network.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Address range, a /24.')
param addressPrefix string

var databaseZoneName = 'steady.private.postgres.database.azure.com'
// The same in every Azure cloud that Teams bots live in; environment() doesn't know it.
var vaultZoneName = 'privatelink.vaultcore.azure.net'

resource network 'Microsoft.Network/virtualNetworks@2024-10-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          // A Container Apps environment needs a /27; a /26 leaves room for two revisions side by side.
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'container-apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 28, 4)
          delegations: [
            {
              name: 'postgres'
              properties: {
                serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 28, 5)
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }

  resource databaseSubnet 'subnets' existing = {
    name: 'database'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: databaseZoneName
  location: 'global'
  tags: tags
}

resource databaseZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: databaseZone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}

resource vaultZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: vaultZoneName
  location: 'global'
  tags: tags
}

resource vaultZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: vaultZone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}

@description('Subnet of the app.')
output appSubnetId string = network::appSubnet.id

@description('Subnet of the database.')
output databaseSubnetId string = network::databaseSubnet.id

@description('Subnet of private endpoints.')
output endpointSubnetId string = network::endpointSubnet.id

// Who uses an output waits for the whole module, the links to the network included.
@description('Zone in which the database\'s name is found.')
output databaseDnsZoneId string = databaseZone.id

@description('Zone in which the vault\'s name is found.')
output vaultDnsZoneId string = vaultZone.id
