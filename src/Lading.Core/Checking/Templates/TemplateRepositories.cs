using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>The ECR repositories that the templates of an assembly create, and which of their tags are immutable.</summary>
internal sealed class TemplateRepositories
{
    private readonly List<(string Address, RepositorySettings Settings)> repositories = [];

    /// <summary>Reads the repositories; those whose name is known only at deployment are left out.</summary>
    public TemplateRepositories(IEnumerable<SynthesizedStack> stacks)
    {
        foreach (var stack in stacks)
        {
            Add(stack);
        }
    }

    /// <summary>Whether a reference has a tag that is immutable in one of these repositories.</summary>
    public bool KeepsTag(string reference) =>
        repositories.Exists(each =>
            reference.StartsWith(each.Address, StringComparison.Ordinal)
            && Tag.TryParse(reference[each.Address.Length..], out var tag)
            && each.Settings.IsImmutable(tag)
        );

    private void Add(SynthesizedStack stack)
    {
        foreach (var resource in stack.Resources)
        {
            if (!JsonMembers.TryGet(resource.Value, out var type, "Type"))
            {
                continue;
            }

            if (
                type.ValueEquals("AWS::ECR::Repository")
                && stack.Values.AttributeOf(resource.Name, "RepositoryUri").Text is { } address
            )
            {
                repositories.Add(($"{address}:", SettingsOf(resource.Value, stack.Values)));
            }
            else if (
                type.ValueEquals("AWS::CloudFormation::Stack")
                && stack.FindNested(resource.Name, resource.Value) is { } nested
            )
            {
                Add(nested);
            }
        }
    }

    private static RepositorySettings SettingsOf(System.Text.Json.JsonElement resource, TemplateValues values)
    {
        var rule = JsonMembers.TryGet(resource, out var mutability, "Properties", "ImageTagMutability")
            ? values.TextOf(mutability).Text ?? ""
            : "";
        var filters = JsonMembers.TryGet(resource, out var listed, "Properties", "ImageTagMutabilityExclusionFilters")
            ? listed
            : default;
        List<string?> exceptions =
            filters.ValueKind == System.Text.Json.JsonValueKind.Array
                ?
                [
                    .. filters
                        .EnumerateArray()
                        .Select(filter =>
                            JsonMembers.TryGet(filter, out var value, "ImageTagMutabilityExclusionFilterValue")
                                ? values.TextOf(value).Text
                                : null
                        ),
                ]
                : [];
        // What is not understood must not count as immutable.
        return exceptions.Contains(null)
            ? RepositorySettings.MutableExcept()
            : new RepositorySettings(
                !rule.StartsWith("IMMUTABLE", StringComparison.Ordinal),
                [.. exceptions.OfType<string>()]
            );
    }
}
