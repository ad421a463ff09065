using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:TagResource.</summary>
internal sealed class TagResourceOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var added = ResourceTags.Read(call.Input.FindObjects("tags") ?? throw call.Input.Missing("tags"));
        await call.ChangeAsync(
                ResourceTags.RepositoryOf(call),
                record =>
                {
                    var tags = new Dictionary<string, string>(record.ResourceTags ?? new Dictionary<string, string>());
                    foreach (var (key, value) in added)
                    {
                        tags[key] = value;
                    }

                    return ResourceTags.With(record, tags);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return _ => { };
    }
}
