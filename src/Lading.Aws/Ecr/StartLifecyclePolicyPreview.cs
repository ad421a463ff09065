using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>
/// ecr:StartLifecyclePolicyPreview: starts to compute what the repository's policy would delete, without deleting
/// anything.
/// </summary>
internal sealed record StartLifecyclePolicyPreview(string RegistryId, RepositoryName Repository)
    : EcrOperation<string>(RegistryId)
{
    public override string Attempted => $"Could not preview the lifecycle policy of {Repository}";

    public override IReadOnlyCollection<string> Expected => ["LifecyclePolicyPreviewInProgressException"];

    protected override void WriteMembers(Utf8JsonWriter json) => json.WriteString("repositoryName", Repository.Value);

    protected override string Read(JsonElement answer) => answer.FindText("status") ?? "";
}
