using Lading.Aws;
using Lading.Aws.Diagnosis;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Registries;
using Lading.Registry;

namespace Lading.Tests.Diagnosis;

/// <summary>An account that is looked after by the whole tool.</summary>
internal static class AccountWorld
{
    /// <summary>The checks of an account that is never asked.</summary>
    public static OpenAccountChecks Checks(ExaminedMachine machine)
    {
        var connections = new RegistryConnections(_ => null, TimeProvider.System, new Random(1), null);
        return new OpenAccountChecks(
            machine,
            [
                new EnvironmentDefinition
                {
                    Name = "prod",
                    Account = "222222222222",
                    Region = "eu-central-1",
                },
            ],
            environment => new AwsSession(
                AwsSettings.For(environment, _ => null),
                connections.Http,
                connections.Schedule,
                []
            ),
            ProjectRegistries.OfEveryKind(null, connections, TimeProvider.System, false),
            connections
        );
    }
}
