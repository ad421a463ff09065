using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:CreateRepository with rules on tags, and scans on push.</summary>
internal sealed record CreateRepository(string RegistryId, RepositoryName Repository, RepositorySettings Settings)
    : EcrOperation<bool>(RegistryId)
{
    public override string Attempted => $"Could not create repository {Repository}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        var rule = Settings.TagsAreMutable ? "MUTABLE" : "IMMUTABLE";
        if (Settings.Exceptions.Count == 0)
        {
            json.WriteString("imageTagMutability", rule);
        }
        else
        {
            json.WriteString("imageTagMutability", rule + "_WITH_EXCLUSION");
            json.WriteStartArray("imageTagMutabilityExclusionFilters");
            foreach (var filter in Settings.Exceptions)
            {
                json.WriteStartObject();
                json.WriteString("filterType", "WILDCARD");
                json.WriteString("filter", filter);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("imageScanningConfiguration");
        json.WriteBoolean("scanOnPush", value: true);
        json.WriteEndObject();
    }

    protected override bool Read(JsonElement answer) => true;
}
