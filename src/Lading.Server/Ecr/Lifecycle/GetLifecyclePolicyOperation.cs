using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>ecr:GetLifecyclePolicy.</summary>
internal sealed class GetLifecyclePolicyOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var text = repository.Record.LifecyclePolicy ?? throw LifecycleAnswer.NotFound(repository);
        return Task.FromResult<Action<Utf8JsonWriter>>(json => LifecycleAnswer.Write(json, call, repository, text));
    }
}
