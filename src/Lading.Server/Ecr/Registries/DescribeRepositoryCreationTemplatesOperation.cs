using System.Text.Json;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:DescribeRepositoryCreationTemplates: there are none; repositories that a push creates have the server's settings.</summary>
internal sealed class DescribeRepositoryCreationTemplatesOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken) =>
        Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("registryId", call.Account);
            json.WriteStartArray("repositoryCreationTemplates");
            json.WriteEndArray();
        });
}
