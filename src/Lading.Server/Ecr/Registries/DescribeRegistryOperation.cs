using System.Text.Json;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:DescribeRegistry: the registry's account. Nothing is replicated.</summary>
internal sealed class DescribeRegistryOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken) =>
        Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("registryId", call.Account);
            json.WriteStartObject("replicationConfiguration");
            json.WriteStartArray("rules");
            json.WriteEndArray();
            json.WriteEndObject();
        });
}
