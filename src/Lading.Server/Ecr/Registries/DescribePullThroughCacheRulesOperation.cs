using System.Text.Json;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:DescribePullThroughCacheRules: there are none.</summary>
internal sealed class DescribePullThroughCacheRulesOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken) =>
        Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteStartArray("pullThroughCacheRules");
            json.WriteEndArray();
        });
}
