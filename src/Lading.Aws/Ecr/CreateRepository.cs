using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:CreateRepository with tag mutability rules, and scans on push.</summary>
internal sealed record CreateRepository(string RegistryId, RepositoryName Repository, RepositorySettings Settings)
    : EcrOperation<bool>(RegistryId)
{
    public override string Attempted => $"Could not create repository {Repository}";

    public override IReadOnlyCollection<string> Expected =>
        Settings.Exceptions.Count == 0
            ? ["RepositoryAlreadyExistsException"]
            : ["RepositoryAlreadyExistsException", "InvalidParameterException", "ValidationException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        TagRules.Write(json, Settings);
        json.WriteStartObject("imageScanningConfiguration");
        json.WriteBoolean("scanOnPush", value: true);
        json.WriteEndObject();
    }

    protected override bool Read(JsonElement answer) => true;
}
