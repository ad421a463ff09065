using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:DescribeRepositories: the requested ones, all of which must exist, or all.</summary>
internal sealed class DescribeRepositoriesOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var page = call.Input.FindTexts("repositoryNames", 1, 100) is { } names
            ? new EcrPage<ServedRepository>(
                [.. names.Distinct().Select(name => call.Repository(EcrCall.NameOf(name, "repositoryNames")))],
                Next: null
            )
            : Listed(call, cancellationToken);
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteList("repositories", page.Items, repository => RepositoryJson.Write(json, call, repository));
            json.WriteOptional("nextToken", page.Next);
        });
    }

    private static EcrPage<ServedRepository> Listed(EcrCall call, CancellationToken cancellationToken)
    {
        var store = call.Registry.Store;
        var names = EcrPage<Oci.RepositoryName>.Of(
            call.Input,
            store.List(cancellationToken),
            name => name.Value,
            100,
            1000
        );

        return new EcrPage<ServedRepository>(
            [.. names.Items.Select(name => Find(call, name)).OfType<ServedRepository>()],
            names.Next
        );
    }

    /// <summary>A repository for the list; null if it was just deleted, or cannot be read: requesting it by name reports why.</summary>
    private static ServedRepository? Find(EcrCall call, Oci.RepositoryName name)
    {
        var store = call.Registry.Store;
        try
        {
            return store.Find(name) is { } record
                ? new ServedRepository(call.Account, name, record, store.Open(name))
                : null;
        }
        catch (Exception e) when (e is LadingException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
