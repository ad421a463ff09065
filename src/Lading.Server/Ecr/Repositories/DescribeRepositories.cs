using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:DescribeRepositories: those that are named, all of which must be there, or all there are.</summary>
internal sealed class DescribeRepositories : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var page = call.Input.FindTexts("repositoryNames", 1, 100) is { } names
            ? new EcrPage<EcrRepository>(
                [.. names.Distinct().Select(name => call.Repository(EcrCall.NameOf(name, "repositoryNames")))],
                Next: null
            )
            : Listed(call);
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteList("repositories", page.Items, repository => RepositoryJson.Write(json, call, repository));
            json.WriteOptional("nextToken", page.Next);
        });
    }

    private static EcrPage<EcrRepository> Listed(EcrCall call)
    {
        var store = call.Registry.Store;
        var names = EcrPage<Oci.RepositoryName>.Of(call.Input, store.List(), name => name.Value, 100, 1000);

        // One that was deleted a moment ago is passed over.
        return new EcrPage<EcrRepository>(
            [
                .. names
                    .Items.Select(name => (Name: name, Record: store.Find(name)))
                    .Where(found => found.Record is not null)
                    .Select(found => new EcrRepository(
                        call.Account,
                        found.Name,
                        found.Record!,
                        store.Open(found.Name)
                    )),
            ],
            names.Next
        );
    }
}
