using System.Text.Json;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:GetRegistryPolicy: there is none.</summary>
internal sealed class GetRegistryPolicyOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken) =>
        Task.FromException<Action<Utf8JsonWriter>>(
            new EcrException(
                "RegistryPolicyNotFoundException",
                $"Registry policy does not exist in the registry with id '{call.Account}'"
            )
        );
}
