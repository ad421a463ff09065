using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:DeleteRepositoryPolicy.</summary>
internal sealed class DeleteRepositoryPolicyOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        string? text = null;
        var repository = await call.ChangeAsync(
                call.RepositoryName(),
                record =>
                {
                    text = record.Policy;
                    return record with { Policy = null };
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return RepositoryPolicy.Answer(call, repository, text ?? throw RepositoryPolicy.NotFound(repository));
    }
}
