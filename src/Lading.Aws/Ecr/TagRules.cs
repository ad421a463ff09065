using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>A repository's tag mutability in ECR's operations.</summary>
internal static class TagRules
{
    private const string WithExceptions = "_WITH_EXCLUSION";

    public static void Write(Utf8JsonWriter json, RepositorySettings settings)
    {
        var rule = settings.TagsAreMutable ? "MUTABLE" : "IMMUTABLE";
        json.WriteString("imageTagMutability", settings.Exceptions.Count == 0 ? rule : rule + WithExceptions);
        if (settings.Exceptions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("imageTagMutabilityExclusionFilters");
        foreach (var filter in settings.Exceptions)
        {
            json.WriteStartObject();
            json.WriteString("filterType", "WILDCARD");
            json.WriteString("filter", filter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static RepositorySettings Read(JsonElement repository)
    {
        var rule = repository.FindText("imageTagMutability") ?? "";
        var filters =
            repository.TryGetProperty("imageTagMutabilityExclusionFilters", out var given)
            && given.ValueKind == JsonValueKind.Array
                ? given.EnumerateArray().Select(filter => filter.GetProperty("filter").GetString()!).ToList()
                : [];
        return new RepositorySettings(!rule.StartsWith("IMMUTABLE", StringComparison.Ordinal), filters);
    }
}
