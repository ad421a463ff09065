using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:UntagResource.</summary>
internal sealed class UntagResourceOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var keys = (call.Input.FindTexts("tagKeys") ?? throw call.Input.Missing("tagKeys")).ToHashSet();
        await call.ChangeAsync(
                ResourceTags.RepositoryOf(call),
                record =>
                    ResourceTags.With(
                        record,
                        (record.ResourceTags ?? new Dictionary<string, string>())
                            .Where(tag => !keys.Contains(tag.Key))
                            .ToDictionary()
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return _ => { };
    }
}
