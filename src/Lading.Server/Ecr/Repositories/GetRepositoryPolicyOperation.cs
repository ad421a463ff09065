using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:GetRepositoryPolicy.</summary>
internal sealed class GetRepositoryPolicyOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        return Task.FromResult(
            RepositoryPolicy.Answer(
                call,
                repository,
                repository.Record.Policy ?? throw RepositoryPolicy.NotFound(repository)
            )
        );
    }
}
