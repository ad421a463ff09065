using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>ecr:DeleteLifecyclePolicy.</summary>
internal sealed class DeleteLifecyclePolicyOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        string? text = null;
        var repository = await call.ChangeAsync(
                call.RepositoryName(),
                record =>
                {
                    text = record.LifecyclePolicy;
                    return record with { LifecyclePolicy = null };
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return text is { } deleted
            ? json => LifecycleAnswer.Write(json, call, repository, deleted)
            : throw LifecycleAnswer.NotFound(repository);
    }
}
