using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:GetLifecyclePolicy: the text of a repository's lifecycle policy.</summary>
internal sealed record GetLifecyclePolicy(string RegistryId, RepositoryName Repository)
    : EcrOperation<string>(RegistryId)
{
    public override string Attempted => $"Could not read the lifecycle policy of {Repository}";

    public override IReadOnlyCollection<string> Expected =>
        ["LifecyclePolicyNotFoundException", "RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json) => json.WriteString("repositoryName", Repository.Value);

    protected override string Read(JsonElement answer) => answer.GetProperty("lifecyclePolicyText").GetString()!;
}
