using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeRepositories of up to 100 repositories, with their tag mutability. A missing one fails the whole call.</summary>
internal sealed record DescribeRepositories(string RegistryId, IReadOnlyList<RepositoryName> Repositories)
    : EcrOperation<IReadOnlyDictionary<string, RepositorySettings>>(RegistryId)
{
    public override string Attempted => $"Could not read the settings of {string.Join(", ", Repositories)}";

    public override IReadOnlyCollection<string> Expected => ["RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("repositoryNames");
        foreach (var repository in Repositories)
        {
            json.WriteStringValue(repository.Value);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyDictionary<string, RepositorySettings> Read(JsonElement answer) =>
        answer
            .GetProperty("repositories")
            .EnumerateArray()
            .ToDictionary(
                repository => repository.GetProperty("repositoryName").GetString()!,
                TagRules.Read,
                StringComparer.Ordinal
            );
}
