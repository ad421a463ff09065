using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeRepositories of all repositories: their names, a thousand a page.</summary>
/// <param name="RegistryId">The account of the registry.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListRepositories(string RegistryId, string? Next)
    : EcrOperation<AwsPage<RepositoryName>>(RegistryId)
{
    public override string Name => "DescribeRepositories";

    public override string Attempted => "Could not list the repositories";

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("maxResults", 1000);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<RepositoryName> Read(JsonElement answer) =>
        new(
            [
                .. answer
                    .GetProperty("repositories")
                    .EnumerateArray()
                    .Select(each =>
                        RepositoryName.TryParse(each.FindText("repositoryName"), out var name)
                            ? name
                            : (RepositoryName?)null
                    )
                    .OfType<RepositoryName>(),
            ],
            answer.FindText("nextToken")
        );
}
