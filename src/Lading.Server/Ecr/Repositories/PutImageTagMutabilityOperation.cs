using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:PutImageTagMutability: which tags are mutable from now on.</summary>
internal sealed class PutImageTagMutabilityOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var name = call.RepositoryName();
        _ = call.Input.Text("imageTagMutability");
        var settings = TagMutability.Read(call.Input);
        await call.ChangeAsync(name, record => record with { Settings = settings }, cancellationToken)
            .ConfigureAwait(false);
        return json =>
        {
            call.WriteRepository(json, name);
            TagMutability.Write(json, settings);
        };
    }
}
