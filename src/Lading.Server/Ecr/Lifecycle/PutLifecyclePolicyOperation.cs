using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>ecr:PutLifecyclePolicy. It is stored, not applied: nothing here is deleted automatically.</summary>
internal sealed class PutLifecyclePolicyOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var text = LifecycleText.Find(call.Input) ?? throw call.Input.Missing(LifecycleText.Parameter);
        var repository = await call.ChangeAsync(
                call.RepositoryName(),
                record => record with { LifecyclePolicy = text },
                cancellationToken
            )
            .ConfigureAwait(false);
        return json => LifecycleAnswer.Write(json, call, repository, text);
    }
}
