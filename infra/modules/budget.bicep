metadata description = 'A budget of the resource group, with a warning before it is used up.'

@description('Name of the budget.')
param name string

@description('Amount a month, in the subscription\'s currency.')
@minValue(1)
param amount int

@description('First day, the first of a month, such as 2027-01-01.')
param start string

@description('Who is warned.')
param emails array

resource budget 'Microsoft.Consumption/budgets@2021-10-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: start
    }
    notifications: {
      spent80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
      }
      foreseen100: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
      }
    }
  }
}
