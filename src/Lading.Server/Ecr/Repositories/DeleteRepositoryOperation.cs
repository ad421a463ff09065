using System.Text.Json;
using Lading.Layout;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:DeleteRepository: an empty one, or any with <c>force</c>.</summary>
internal sealed class DeleteRepositoryOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var deletion = await call
            .Registry.Store.DeleteAsync(repository.Name, withImages: call.Input.IsTrue("force"), cancellationToken)
            .ConfigureAwait(false);
        if (deletion == RepositoryDeletion.NotEmpty)
        {
            throw new EcrException(
                "RepositoryNotEmptyException",
                $"The repository with name '{repository.Name}' in registry with id '{call.Account}' cannot be deleted because it still contains images"
            );
        }

        call.Registry.Previews.TryRemove(repository.Name, out _);
        return deletion == RepositoryDeletion.Deleted
            ? json => RepositoryJson.WriteMember(json, call, repository)
            : throw EcrException.RepositoryNotFound(repository.Name, call.Account);
    }
}
