using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:SetRepositoryPolicy. It is stored, not enforced.</summary>
internal sealed class SetRepositoryPolicyOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var text = call.Input.Text("policyText", 0, 10240);
        RepositoryPolicy.Require(text);
        var repository = await call.ChangeAsync(
                call.RepositoryName(),
                record => record with { Policy = text },
                cancellationToken
            )
            .ConfigureAwait(false);
        return RepositoryPolicy.Answer(call, repository, text);
    }
}
