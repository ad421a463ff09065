using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:ListTagsForResource.</summary>
internal sealed class ListTagsForResourceOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var tags = call.Repository(ResourceTags.RepositoryOf(call)).Record.ResourceTags;
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
            json.WriteList(
                "tags",
                (tags ?? new Dictionary<string, string>()).OrderBy(tag => tag.Key, StringComparer.Ordinal),
                tag =>
                {
                    json.WriteStartObject();
                    json.WriteString("Key", tag.Key);
                    json.WriteString("Value", tag.Value);
                    json.WriteEndObject();
                }
            )
        );
    }
}
