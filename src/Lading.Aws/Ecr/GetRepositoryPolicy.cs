using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:GetRepositoryPolicy: the policy of a repository; empty if it has none.</summary>
internal sealed record GetRepositoryPolicy(string RegistryId, RepositoryName Repository)
    : EcrOperation<string>(RegistryId)
{
    public override string Attempted => $"Could not read the policy of {Repository}";

    public override IReadOnlyCollection<string> Expected =>
        ["RepositoryPolicyNotFoundException", "RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json) => json.WriteString("repositoryName", Repository.Value);

    protected override string Read(JsonElement answer) => answer.FindText("policyText") ?? "";
}
